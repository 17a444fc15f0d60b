import type { PlannedNewParty, PlannedParty } from '#lib/domain/act/plan/plan.ts';
import type { KnownThings } from '#lib/domain/act/plan/plan-known.ts';

/** The name of a party of a plan; null where none is said. */
export function nameParty(
	party: PlannedParty | null,
	{ organisations }: KnownThings,
	newParties: readonly PlannedNewParty[]
): string | null {
	if (!party) return null;
	return 'organisationId' in party
		? (organisations.find(({ id }) => id === party.organisationId)?.name ?? null)
		: (newParties.find(({ key }) => key === party.newParty)?.name ?? null);
}

/** Those that are known, and those that come with the act, for a list of choices. */
export const partyChoices = (
	{ organisations }: KnownThings,
	newParties: readonly PlannedNewParty[]
): { value: string; label: string }[] => [
	...organisations.map(({ id, name }) => ({ value: `org:${id}`, label: name })),
	...newParties.map(({ key, name }) => ({ value: `new:${key}`, label: `${name} (nouveau)` }))
];
