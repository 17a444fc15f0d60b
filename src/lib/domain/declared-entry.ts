import type { Day } from '#lib/domain/day.ts';
import { declaredKind } from '#lib/domain/declaration.ts';
import type { Circuit } from '#lib/domain/envelope.ts';
import { openYearFor } from '#lib/domain/fiscal-year.ts';
import type { Cents } from '#lib/domain/money.ts';
import { NO_BREAK_SPACE } from '#lib/domain/numeral.ts';
import { formatPeriod } from '#lib/domain/period.ts';
import { typeset } from '#lib/domain/typography.ts';

/** The declaration that an entry comes from, as far as the entry says so. */
export type DeclarationFacts = { number: number; periodStartsOn: Day; periodEndsOn: Day };

/** A line that was sent, as far as its entry says so. */
export type LineFacts = {
	measure: string | null;
	operation: string | null;
	newOperationName: string | null;
	correctsFrom: Day | null;
	correctsTo: Day | null;
};

/** An operation that a line is about, with who builds it and where. */
export type DeclaredOperation = { id: string; landlordId: string; communeCode: string };

type PostedLine = LineFacts & {
	id: string;
	measureId: string | null;
	amountCents: Cents | null;
	about: DeclaredOperation | null;
};

/** `Déclaration nº 12`. */
export const nameDeclaration = ({ number }: Pick<DeclarationFacts, 'number'>): string =>
	`Déclaration nº${NO_BREAK_SPACE}${number}`;

/** `Déclaration nº 12, 2e trimestre 2022 : Accession et travaux`; a correction says what it corrects. */
export function labelDeclaredEntry(declaration: DeclarationFacts, line: LineFacts): string {
	const { periodStartsOn: startsOn, periodEndsOn: endsOn } = declaration;
	const { correctsFrom, correctsTo } = line;
	const corrected =
		correctsFrom && correctsTo
			? `, correction (${formatPeriod({ startsOn: correctsFrom, endsOn: correctsTo })})`
			: '';
	const use = line.measure ?? line.operation ?? line.newOperationName;
	const head = `${nameDeclaration(declaration)}, ${formatPeriod({ startsOn, endsOn })}${corrected}`;
	return typeset(use ? `${head} : ${use}` : head);
}

/** The period that a line speaks of: the one it corrects, else that of the declaration. */
export const periodOfLine = (
	declaration: DeclarationFacts,
	{ correctsFrom, correctsTo }: Pick<LineFacts, 'correctsFrom' | 'correctsTo'>
): { startsOn: Day; endsOn: Day } => ({
	startsOn: correctsFrom ?? declaration.periodStartsOn,
	endsOn: correctsTo ?? declaration.periodEndsOn
});

/**
 * What is posted when a declaration is accepted: an entry for every line that says an amount other than
 * zero, on the last day of the period it speaks of, in the first year after it that is open.
 */
export const buildDeclaredEntries = (
	declaration: DeclarationFacts & { envelopeId: string; circuit: Circuit },
	lines: readonly PostedLine[],
	closedYears: readonly number[]
) =>
	lines.flatMap((line) => {
		if (!line.amountCents) return [];
		const { endsOn } = periodOfLine(declaration, line);
		return [
			{
				envelopeId: declaration.envelopeId,
				kind: declaredKind(declaration.circuit),
				amountCents: line.amountCents,
				effectiveOn: endsOn,
				fiscalYear: openYearFor(endsOn, closedYears),
				label: labelDeclaredEntry(declaration, line),
				measureId: line.measureId,
				operationId: line.about?.id ?? null,
				counterpartyId: line.about?.landlordId ?? null,
				declarationLineId: line.id
			}
		];
	});

/** `Réouverture de la déclaration nº 12 : montant erroné`. */
export const labelReopening = (
	{ number }: Pick<DeclarationFacts, 'number'>,
	reason: string
): string => typeset(`Réouverture de la déclaration nº${NO_BREAK_SPACE}${number} : ${reason}`);
