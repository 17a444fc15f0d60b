import type {
	PlannedIndicator,
	PlannedMeasure,
	PlannedProgramme
} from '#lib/domain/act/plan/plan.ts';
import type { ProposalValue } from '#lib/domain/act/desk/proposal.ts';
import { sayPassage } from '#lib/domain/act/plan/plan-passage.ts';
import { saysItsValue } from '#lib/domain/act/plan/written-value.ts';
import {
	block,
	checkPassage,
	confirm,
	onDesk,
	onPlan,
	type ActUnderReview,
	type PlanProblem
} from '#lib/domain/act/plan/review/problem.ts';
import { foldName } from '#lib/domain/name.ts';

/** Figures of reference and targets: each value is of the nature of what is counted. */
export function checkIndicators(act: ActUnderReview, planned: PlannedProgramme): PlanProblem[] {
	const labels = planned.indicators
		.filter(({ indicatorId }) => indicatorId === null)
		.map(({ label }) => foldName(label));
	return planned.indicators.flatMap((indicator, index) => {
		const name = `indicator-${index}`;
		const place = onPlan('indicators', String(index));
		const what = `L’indicateur « ${indicator.label} »`;
		const known = act.books.programme?.indicators.find(({ id }) => id === indicator.indicatorId);
		const problems: PlanProblem[] = [];
		const refuse = (isRefused: boolean, part: string, message: string) => {
			if (isRefused) problems.push(block(`${name}-${part}`, message, place));
		};
		const isNew = indicator.indicatorId === null;
		refuse(!isNew && !known, 'unknown', `${what} n’est pas dans ce programme.`);
		refuse(isNew && indicator.label.trim() === '', 'label', 'Un indicateur n’a pas de nom.');
		refuse(
			isNew &&
				labels.indexOf(foldName(indicator.label)) < labels.lastIndexOf(foldName(indicator.label)) &&
				indicator.label.trim() !== '',
			'same',
			`${what} est donné deux fois.`
		);
		refuse(indicator.values.length === 0, 'empty', `${what} n’a aucune valeur.`);
		refuse(
			!isOfPlan(planned, indicator),
			'envelope',
			`${what} porte sur une enveloppe ou une mesure qui n’est plus là.`
		);
		return [...problems, ...checkValues(act, indicator, known?.unit ?? indicator.unit, name)];
	});
}

function isOfPlan(
	{ envelopes }: PlannedProgramme,
	{ envelope, measure }: PlannedIndicator
): boolean {
	if (envelope === null) return measure === null;
	const found = envelopes.find(({ key }) => key === envelope);
	return found !== undefined && (measure === null || hasMeasure(found.measures, measure));
}

const hasMeasure = (measures: readonly PlannedMeasure[], key: string): boolean =>
	measures.some((one) => one.key === key || hasMeasure(one.children, key));

function checkValues(
	act: ActUnderReview,
	{ label, values }: PlannedIndicator,
	unit: PlannedIndicator['unit'],
	name: string
): PlanProblem[] {
	const place = onPlan('indicators', name.replace('indicator-', ''));
	return values.flatMap((value, index) => {
		const own = `${name}-${index}`;
		const passage = act.passages.get(value.passage);
		const missing = checkPassage(act, own, `L’indicateur « ${label} »`, value.passage, place);
		const problems: PlanProblem[] = [];
		if (passage && !isOfUnit(passage.value, unit)) {
			const message = `« ${label} » se compte en ${UNIT_WORDS[unit]} : « ${passage.quote} » n’en est pas.`;
			problems.push(block(`${own}-unit`, message, place));
		}
		if (passage && isOfUnit(passage.value, unit) && !saysItsValue(passage)) {
			const message = `« ${label} » : l’acte écrit « ${passage.quote} », et vous retenez ${sayPassage(passage)}.`;
			problems.push(confirm(`${own}-written`, message, onDesk('figures', passage.key)));
		}
		if (passage?.value.type === 'amount' && passage.value.kind === 'ceiling') {
			const message = `« ${label} » prend « ${passage.quote} », que l’acte écrit comme un plafond, pour une valeur exacte.`;
			problems.push(confirm(`${own}-ceiling`, message, place));
		}
		if (value.endsOn < value.startsOn) {
			problems.push(
				block(`${own}-days`, `« ${label} » : la période finit avant de commencer.`, place)
			);
		}
		return [...missing, ...problems];
	});
}

function isOfUnit(value: ProposalValue, unit: PlannedIndicator['unit']): boolean {
	if (unit === 'euros')
		return value.type === 'amount' && ['amount', 'ceiling'].includes(value.kind);
	return value.type === (unit === 'percent' ? 'percentage' : 'count');
}

const UNIT_WORDS: Record<PlannedIndicator['unit'], string> = {
	euros: 'euros',
	aids: 'aides',
	households: 'ménages',
	dwellings: 'logements',
	percent: 'pour cent'
};
