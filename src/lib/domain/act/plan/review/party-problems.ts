import type { ActPlan, PlannedParty } from '#lib/domain/act/plan/plan.ts';
import {
	block,
	onPlan,
	type ActUnderReview,
	type PlanProblem
} from '#lib/domain/act/plan/review/problem.ts';
import { isSameName } from '#lib/domain/name.ts';

/** Organisations that the act makes known: each has a name that nobody has. */
export function checkParties({ books }: ActUnderReview, { newParties }: ActPlan): PlanProblem[] {
	return newParties.flatMap(({ key, name, siren }) => {
		const own = `party-${key}`;
		const at = onPlan('envelopes');
		const problems: PlanProblem[] = [];
		if (name.trim() === '') problems.push(block(`${own}-name`, 'Un organisme n’a pas de nom.', at));
		const same = books.organisations.find((known) => isSameName(known.name, name));
		if (same) {
			const message = `L’organisme « ${same.name} » est déjà connu : choisissez-le au lieu d’en ajouter un.`;
			problems.push(block(`${own}-same`, message, at));
		}
		if (siren !== null && !/^\d{9}$/.test(siren)) {
			problems.push(block(`${own}-siren`, `Le numéro SIREN de « ${name} » a neuf chiffres.`, at));
		}
		return problems;
	});
}

/** Whoever gives, declares or promises is an organisation that is known, or that the act makes known. */
export function checkNamedParties(act: ActUnderReview, plan: ActPlan): PlanProblem[] {
	const { programme } = plan;
	if (!programme) return [];
	const refuse = (
		party: PlannedParty | null,
		name: string,
		what: string,
		at: PlanProblem['place']
	) =>
		isKnown(act, plan, party)
			? []
			: [
					block(name, `${what} nomme un organisme qui n’existe plus : choisissez-le à nouveau.`, at)
				];
	return [
		...programme.envelopes.flatMap(({ key, of }) => {
			if (of.kind !== 'new') return [];
			const [what, at] = [`L’enveloppe « ${of.label} »`, onPlan('envelopes', key)];
			return [
				...refuse(of.funder, `envelope-${key}-funder-unknown`, what, at),
				...refuse(of.partner, `envelope-${key}-partner-unknown`, what, at)
			];
		}),
		...programme.undertakings.flatMap(({ owner }, index) =>
			refuse(
				owner,
				`undertaking-${index}-owner-unknown`,
				'Un engagement réciproque',
				onPlan('undertakings')
			)
		)
	];
}

function isKnown(
	{ books }: ActUnderReview,
	{ newParties }: ActPlan,
	party: PlannedParty | null
): boolean {
	if (!party) return true;
	return 'organisationId' in party
		? books.organisations.some(({ id }) => id === party.organisationId)
		: newParties.some(({ key }) => key === party.newParty);
}
