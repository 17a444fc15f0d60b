import type { ReadFacts } from '#lib/domain/act/promises/promises.ts';
import type { Setting } from '#lib/domain/act/promises/promise-setting.ts';
import type { ReadPeriod, ReadPromise } from '#lib/domain/act/reading.ts';
import { parseDay, yearOf } from '#lib/domain/day.ts';
import { plural } from '#lib/domain/numeral.ts';
import { typeset } from '#lib/domain/typography.ts';

/** Over which time an amount is given: what its sentence says, else the agreement, else the years that were reckoned with. */
export function findPeriod(facts: ReadFacts, setting: Setting): ReadPromise['period'] {
	return (
		inSentence(facts, setting) ??
		// What is decided apart from an agreement is not of its years.
		(setting.isDecided ? null : ofAgreement(facts)) ??
		ofYears(facts, setting)
	);
}

type Period = ReadPromise['period'];

function supposed(
	{ startsOn, endsOn, start, end }: ReadPeriod,
	confidence: 'high' | 'medium',
	because: string
): Period {
	return {
		value: { startsOn, endsOn },
		span: { start, end },
		confidence,
		because: typeset(because)
	};
}

/** A period in the words around the amount, and only one. */
function inSentence({ periods, amounts }: ReadFacts, setting: Setting): Period {
	const amount = amounts[setting.amount];
	if (!amount) return null;
	const shift = amount.start - setting.place.start;
	const [from, to] = [setting.sentence.start + shift, setting.sentence.end + shift];
	const [only, other] = distinct(periods.filter(({ start, end }) => from <= start && end <= to));
	if (!only || other) return null;
	return supposed(only, 'high', `La phrase du montant donne la période : « ${only.quote} ».`);
}

/** The years that an agreement carries in its title: “avenant 2020-2022”. */
function ofAgreement({ periods, agreements }: ReadFacts): Period {
	const inTitles = periods.filter((period) =>
		agreements.some(
			({ start, end, section }) =>
				section === 'decision' && start <= period.start && period.end <= end
		)
	);
	const [only, other] = distinct(inTitles);
	if (!only || other) return null;
	return supposed(only, 'medium', `C’est la période de ce qui est approuvé : « ${only.quote} ».`);
}

/** A yearly amount for so many years, from the year of the sitting on. */
function ofYears({ amounts, header }: ReadFacts, setting: Setting): Period {
	const amount = amounts[setting.amount];
	const sitting = header.sitting.value;
	if (amount?.per !== 'year' || sitting === null) return null;
	for (const { kind, formula } of amounts) {
		const years =
			kind === 'derived' ? Number(/×\s*(\d{1,2})\s*ann/u.exec(formula ?? '')?.[1] ?? 0) : 0;
		if (years < 1) continue;
		const first = yearOf(sitting);
		const [startsOn, endsOn] = [parseDay(`${first}-01-01`), parseDay(`${first + years - 1}-12-31`)];
		if (!startsOn || !endsOn) continue;
		const because = typeset(
			`Le montant est annuel, pour ${years} ${plural(years, 'année')} ; la première est supposée celle de la séance.`
		);
		return { value: { startsOn, endsOn }, span: null, confidence: 'medium', because };
	}
	return null;
}

const distinct = (periods: readonly ReadPeriod[]): ReadPeriod[] =>
	periods.filter(
		({ startsOn, endsOn }, index) =>
			periods.findIndex((one) => one.startsOn === startsOn && one.endsOn === endsOn) === index
	);
