import { isKept, isReckoned, isToDecide, type DeskProposal } from '#lib/domain/act/desk/desk.ts';
import { findAuthority } from '#lib/domain/act/plan/known-authority.ts';
import { comparePlan } from '#lib/domain/act/plan/plan-difference.ts';
import {
	describeEnvelope,
	describeMeasures
} from '#lib/domain/act/plan/sentences/envelope-sentences.ts';
import {
	describeAgreement,
	describeProgramme
} from '#lib/domain/act/plan/sentences/programme-sentences.ts';
import {
	describeDistrict,
	describeIndicator,
	describeUndertakings
} from '#lib/domain/act/plan/sentences/promise-sentences.ts';
import type { ActUnderReview } from '#lib/domain/act/plan/review/problem.ts';
import { formatDay } from '#lib/domain/day.ts';
import { formatCount, plural } from '#lib/domain/numeral.ts';
import { typeset } from '#lib/domain/typography.ts';

/** What the last page says, in sentences, one group after the other; a group without sentences is left out. */
export type SentenceGroup = { title: string; sentences: string[] };

/** What will be entered, in sentences that a finance officer can read to a colleague. */
export function sayPlan(act: ActUnderReview, proposals: readonly DeskProposal[]): SentenceGroup[] {
	const programme = act.plan?.programme ?? null;
	const groups: SentenceGroup[] = [
		{ title: 'La délibération', sentences: describeAct(act, proposals) },
		{ title: 'Les organismes', sentences: describeParties(act) },
		{ title: 'Le programme', sentences: programme ? describeProgramme(act, programme) : [] },
		{
			title: 'Les conventions',
			sentences: (programme?.agreements ?? []).map((agreement) =>
				describeAgreement(act, agreement, programme?.agreements ?? [])
			)
		},
		{
			title: 'Les enveloppes',
			sentences: comparePlan(act).envelopes.flatMap((difference, index) => {
				const envelope = programme?.envelopes[index];
				return envelope ? describeEnvelope(act, envelope, difference) : [];
			})
		},
		{
			title: 'Les mesures',
			sentences: (programme?.envelopes ?? []).flatMap((one) => describeMeasures(act, one))
		},
		{
			title: 'Les repères et les cibles',
			sentences: (programme?.indicators ?? []).map((one) => describeIndicator(act, one))
		},
		{
			title: 'Les engagements réciproques',
			sentences: describeUndertakings(act, programme?.undertakings ?? [])
		},
		{
			title: 'Les quartiers',
			sentences: (programme?.districts ?? []).map((one) => describeDistrict(act, one))
		},
		{ title: 'Ce qui n’est pas créé', sentences: describeLeft(act, proposals) },
		{ title: 'Ce qui reste inconnu', sentences: describeUnknown(act) }
	];
	return groups
		.map(({ title, sentences }) => ({ title, sentences: sentences.map(typeset) }))
		.filter(({ sentences }) => sentences.length > 0);
}

function describeAct(act: ActUnderReview, proposals: readonly DeskProposal[]): string[] {
	const { head, sittingOn, title } = act;
	const cited = `${formatCount(act.passages.size)} ${plural(act.passages.size, 'passage cité', 'passages cités')}`;
	const named = [
		sittingOn ? ` du ${formatDay(sittingOn)}` : '',
		title ? `, « ${title} »,` : ''
	].join('');
	if (!head) {
		return [
			`La délibération${named} est déjà enregistrée et ne change pas : ${cited} s’y ajoutent, ou y sont repris.`
		];
	}
	const decided = proposals.filter((one) => isKept(one) && one.role === 'decision').length;
	const decisions = `${formatCount(decided)} ${plural(decided, 'décision')}`;
	return [
		`La délibération${named} sera enregistrée mot pour mot, avec ${decisions} et ${cited}. Elle ne pourra plus être modifiée.`,
		...describeVote(head)
	];
}

function describeVote(head: NonNullable<ActUnderReview['head']>): string[] {
	const { votesFor, votesAgainst, abstentions, unanimous, voteImplied } = head;
	if (votesFor === null) return unanimous ? ['Le vote est unanime.'] : [];
	const voices = [
		`${formatCount(votesFor)} pour`,
		votesAgainst === null ? '' : `${formatCount(votesAgainst)} contre`,
		abstentions === null ? '' : `${formatCount(abstentions)} ${plural(abstentions, 'abstention')}`
	].filter((part) => part !== '');
	const implied = voteImplied ? ' (nombres déduits de l’unanimité, et marqués comme tels)' : '';
	return [`Le vote : ${voices.join(', ')}${implied}.`];
}

function describeParties({ plan, head, books }: ActUnderReview): string[] {
	const parties = plan?.newParties ?? [];
	const { authority } = head ?? {};
	const known = authority ? findAuthority(authority, [...books.organisations, ...parties]) : null;
	const named = known && known.name !== authority ? `, que l’acte nomme « ${authority} »` : '';
	return [
		...(known ? [`La délibération sera celle de l’organisme « ${known.name} »${named}.`] : []),
		...(authority && !known
			? [`L’assemblée « ${authority} » sera ajoutée aux organismes, comme collectivité.`]
			: []),
		...parties.map(({ name }) => `L’organisme « ${name} » sera ajouté.`)
	];
}

function describeLeft({ plan }: ActUnderReview, proposals: readonly DeskProposal[]): string[] {
	const refused = proposals.filter(({ choice }) => choice === 'refused').length;
	const undecided = proposals.filter(isToDecide).length;
	const reckoned = proposals.filter(isReckoned).length;
	const count = (number: number, one: string, many: string): string =>
		`${formatCount(number)} ${plural(number, one, many)}`;
	return [
		...(plan && !plan.programme
			? [
					'Aucun programme, aucune convention et aucune enveloppe : l’acte est conservé et cité, sans argent.'
				]
			: []),
		...(refused > 0
			? [
					`${count(refused, 'lecture refusée ne sera pas citée : elle reste dans la lecture', 'lectures refusées ne seront pas citées : elles restent dans la lecture')}.`
				]
			: []),
		...(undecided > 0
			? [
					`${count(undecided, 'lecture sans décision ne sera pas citée', 'lectures sans décision ne seront pas citées')} ; l’acte pourra être rouvert pour en citer davantage.`
				]
			: []),
		...(reckoned > 0
			? [
					`${count(reckoned, 'montant calculé n’est pas cité', 'montants calculés ne sont pas cités')} : l’acte ne les écrit pas.`
				]
			: [])
	];
}

function describeUnknown({ head, plan }: ActUnderReview): string[] {
	const programme = plan?.programme;
	const unkept = (programme?.undertakings ?? []).filter(({ owner }) => owner === null).length;
	const siren = (plan?.newParties ?? []).filter((party) => party.siren === null);
	return [
		...(head && head.number === null ? ['Le numéro de l’acte.'] : []),
		...(head && head.votesFor === null && head.unanimous === null ? ['Le résultat du vote.'] : []),
		...siren.map(({ name }) => `Le numéro SIREN de « ${name} ».`),
		...(unkept > 0
			? [
					`Qui tient ${unkept === 1 ? 'un engagement réciproque' : `${formatCount(unkept)} engagements réciproques`}, et comment ${unkept === 1 ? 'il en est' : 'ils en sont'}.`
				]
			: []),
		...(programme &&
		programme.envelopes.length > 0 &&
		programme.envelopes.every(({ instalments }) => instalments.length === 0)
			? ['Quand l’argent est versé : l’acte ne donne pas d’échéancier.']
			: [])
	];
}
