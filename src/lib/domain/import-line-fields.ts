import type { DeclarationShape } from '#lib/domain/declaration.ts';
import {
	commentCell,
	communeCell,
	correctsCell,
	countCell,
	landlordCell,
	nameCell
} from '#lib/domain/declaration-cell.ts';
import { readCount, refuseKind } from '#lib/domain/import-amount.ts';
import {
	cellName,
	columnLetters,
	plainWords,
	textOfCell,
	type SheetCell,
	type SheetLine
} from '#lib/domain/import-cell.ts';
import { countsByField } from '#lib/domain/import-field.ts';
import { parsePeriod } from '#lib/domain/import-period.ts';
import type { KnownRow } from '#lib/domain/import-rows.ts';
import type { ImportColumn } from '#lib/domain/import-table.ts';
import { formatPeriod, type Period } from '#lib/domain/period.ts';
import { typeset } from '#lib/domain/typography.ts';

/** A line whose row is known or not, and the problems found in it so far. */
export type ReadFields = {
	memory: LineMemory;
	line: SheetLine;
	columns: readonly ImportColumn[];
	shape: DeclarationShape;
	row: KnownRow | null;
	problems: { column: string; message: string }[];
};

/** What the lines before said, and what is read once for all of them. */
export class LineMemory {
	/** By the field of the draft. */
	readonly said = new Map<string, string>();
	readonly #periods = new Map<string, Period | null>();
	readonly #counts = new Map<string, ReturnType<typeof countsByField>>();

	/** Most lines are about the same few days. */
	period(text: string): Period | null {
		const known = this.#periods.get(text);
		if (known !== undefined) return known;
		const period = parsePeriod(text);
		if (this.#periods.size < MOST_REMEMBERED) this.#periods.set(text, period);
		return period;
	}

	counts(row: KnownRow): ReturnType<typeof countsByField> {
		const known = this.#counts.get(row.key) ?? countsByField(row.counts);
		this.#counts.set(row.key, known);
		return known;
	}
}

const MOST_REMEMBERED = 2_000;
const MOST_COMMENT_LETTERS = 2000;
const LARGEST_COUNT = 100_000_000;

/** The counts of a line, by the field of the draft. A zero where nothing is asked says nothing wrong. */
export function readCounts({
	line,
	columns,
	row,
	problems,
	memory
}: ReadFields): Record<string, string> {
	const fields: Record<string, string> = {};
	const asked = row ? memory.counts(row) : null;
	for (const { field, index, heading } of columns) {
		if (!field?.startsWith('count:')) continue;
		const reading = readCount(line.cells[index], cellName(index, line.number));
		if (reading.kind === 'nothing') continue;
		const column = columnLetters(index);
		if (reading.kind === 'problem') {
			problems.push({ column, message: reading.message });
			continue;
		}
		const count = asked?.get(field);
		if (count && row && Math.abs(reading.value) <= LARGEST_COUNT) {
			fields[countCell(row.key, count)] = String(reading.value);
		} else if (count) {
			problems.push({ column, message: 'Ce nombre est trop grand.' });
		} else if (row && reading.value !== 0) {
			const message = `« ${row.label} » n’attend pas de nombre dans la colonne « ${heading} » : effacez-le.`;
			problems.push({ column, message: typeset(message) });
		}
	}
	return fields;
}

/** What is said in words: the days, the period that is corrected, the comment, a new operation. */
export function readWords(read: ReadFields): Record<string, string> {
	refuseOtherPeriod(read);
	const { row } = read;
	if (!row) return {};
	const fields: Record<string, string> = {};
	const comment = textAt(read, 'comment');
	if (comment.length > MOST_COMMENT_LETTERS) {
		add(
			read,
			'comment',
			`Ce commentaire dépasse ${MOST_COMMENT_LETTERS} caractères : raccourcissez-le.`
		);
	} else if (comment !== '') fields[commentCell(row.key)] = comment;
	const corrected = readCorrected(read);
	if (corrected !== null) fields[correctsCell(row.key)] = corrected;
	return row.isNew ? { ...fields, ...readNewOperation(read, row) } : fields;
}

/** A day or a period that is not of this declaration. */
function refuseOtherPeriod(read: ReadFields): void {
	const { shape } = read;
	const text = textAt(read, 'period');
	if (text === '') return;
	const period = read.memory.period(text);
	const { periodStartsOn: startsOn, periodEndsOn: endsOn } = shape;
	if (period && period.startsOn >= startsOn && period.endsOn <= endsOn) return;
	const own = formatPeriod({ startsOn, endsOn });
	if (!period) {
		add(
			read,
			'period',
			`« ${text.slice(0, 40)} » ne se lit ni comme une date ni comme une période. Écrivez par exemple ${own}.`
		);
	} else {
		add(
			read,
			'period',
			`« ${text.slice(0, 40)} » n’est pas dans la période de cette déclaration, ${own}.`
		);
	}
}

/** The first day of the earlier period that the line corrects; a row corrects one period. */
function readCorrected(read: ReadFields): string | null {
	const { shape, row } = read;
	const text = textAt(read, 'corrects');
	if (text === '' || !row) return null;
	const period = read.memory.period(text);
	const earlier = shape.earlierPeriods.find(
		(each) =>
			each.startsOn === text ||
			plainWords(formatPeriod(each)) === plainWords(text) ||
			(period?.startsOn === each.startsOn && period.endsOn === each.endsOn)
	);
	if (!earlier) {
		add(
			read,
			'corrects',
			`« ${text.slice(0, 40)} » n’est pas une période antérieure de cette enveloppe.`
		);
		return null;
	}
	const before = read.memory.said.get(correctsCell(row.key)) ?? earlier.startsOn;
	if (before !== earlier.startsOn) {
		add(
			read,
			'corrects',
			`Une autre ligne de « ${row.label} » corrige une autre période : une déclaration n’en corrige qu’une par ligne.`
		);
		return null;
	}
	read.memory.said.set(correctsCell(row.key), earlier.startsOn);
	return earlier.startsOn;
}

function readNewOperation(read: ReadFields, row: KnownRow): Record<string, string> {
	const [name, landlord, place] = [
		textAt(read, 'label') || row.label,
		textAt(read, 'landlord'),
		textAt(read, 'commune')
	];
	const commune = read.shape.communes.find(
		(each) => each.code === place || plainWords(each.name) === plainWords(place)
	);
	if (place !== '' && !commune) {
		add(read, 'commune', `« ${place.slice(0, 60)} » n’est pas une commune de la métropole.`);
	}
	if (name.length > 200) add(read, 'label', 'Le nom de l’opération dépasse 200 caractères.');
	if (landlord.length > 200) add(read, 'landlord', 'Le nom du bailleur dépasse 200 caractères.');
	const fields = {
		[nameCell(row.key)]: name,
		...(landlord ? { [landlordCell(row.key)]: landlord } : {}),
		...(commune ? { [communeCell(row.key)]: commune.code } : {})
	};
	for (const [key, value] of Object.entries(fields)) {
		const before = read.memory.said.get(key) ?? value;
		if (plainWords(before) !== plainWords(value)) {
			const field =
				key === communeCell(row.key) ? 'commune' : key === nameCell(row.key) ? 'label' : 'landlord';
			add(
				read,
				field,
				`Une autre ligne de « ${name.slice(0, 80)} » dit autre chose : accordez-les.`
			);
		}
		read.memory.said.set(key, before);
	}
	return fields;
}

function textAt(read: ReadFields, field: ImportColumn['field']): string {
	const column = read.columns.find((each) => each.field === field);
	const cell: SheetCell | undefined = column ? read.line.cells[column.index] : undefined;
	const isWords = typeof cell === 'string' || cell?.kind === 'date' || cell?.kind === 'number';
	const refused =
		column && !isWords
			? refuseKind(cell, cellName(column.index, read.line.number), 'un texte')
			: null;
	if (!refused) return textOfCell(cell).replaceAll('\r\n', '\n');
	if (!read.problems.some(({ message }) => message === refused.message)) {
		read.problems.push({ column: columnLetters(column?.index ?? 0), message: refused.message });
	}
	return '';
}

function add(read: ReadFields, field: ImportColumn['field'], message: string): void {
	const column = read.columns.find((each) => each.field === field);
	read.problems.push({
		column: column ? columnLetters(column.index) : '',
		message: typeset(message)
	});
}
