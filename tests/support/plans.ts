import type { ActPlan } from '#lib/domain/act/plan/plan.ts';

/** A plan whose passages are named, on the passages of a reading; and whose parties are known under their names. */
export function planOn(
	plan: ActPlan,
	key: (name: string) => string,
	organisations: Readonly<Record<string, string>> = {}
): ActPlan {
	const move = (value: unknown, field: string): unknown => {
		if (['passage', 'purpose'].includes(field) && typeof value === 'string') return key(value);
		if (Array.isArray(value)) return value.map((one) => move(one, field));
		if (typeof value !== 'object' || value === null) return value;
		const { newParty } = value as { newParty?: string };
		const organisationId = newParty && organisations[newParty];
		if (organisationId) return { organisationId };
		return Object.fromEntries(
			Object.entries(value).map(([name, part]) => [name, move(part, name)])
		);
	};
	return move(plan, '') as ActPlan;
}
