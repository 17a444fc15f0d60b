import type { groupCounts } from '#lib/domain/declared-count.ts';
import { formatBytes, labelOfKind } from '#lib/domain/evidence.ts';
import { sumCents, type Cents } from '#lib/domain/money.ts';
import { formatPeriod, type Period } from '#lib/domain/period.ts';
import { ofPeriod } from '#lib/domain/period-words.ts';
import { typeset } from '#lib/domain/typography.ts';

/** What a partner keeps of having sent a declaration; the page, the PDF and the mail say the same. */
export type Receipt = {
	declarationId: string;
	number: number;
	/** Which time it was sent, and how many times it was sent until now. */
	submission: number;
	submissions: number;
	sentAt: Date;
	/** Null where the person is not known to who reads. */
	sentBy: string | null;
	organisation: string;
	programme: string;
	envelope: string;
	period: Period;
	/** To whom it was sent, where the authority has a name. */
	authority: string | null;
	/** SHA-256 of all that was sent. */
	digest: string;
	lines: ReceiptLine[];
	/** Null where no amount was said. */
	totalCents: Cents | null;
	comment: string | null;
	overrunReason: string | null;
	files: ReceiptFile[];
	fictitious: boolean;
};

export type ReceiptLine = {
	key: string;
	label: string;
	/** Null where nothing was said: it is not zero. */
	amountCents: Cents | null;
	counts: ReturnType<typeof groupCounts>;
	comment: string | null;
	corrects: Period | null;
	/** Who builds a new operation and where. */
	newOperation: string | null;
};

export type ReceiptFile = {
	id: string;
	name: string;
	mediaType: string;
	sizeBytes: number;
	digest: string;
	/** What it proves; null is the whole. */
	row: string | null;
	/** Whether it was taken off since. It can be opened all the same. */
	isRemoved: boolean;
};

/** `Récépissé de la déclaration nº 12`. */
export const titleOfReceipt = ({ number }: Pick<Receipt, 'number'>): string =>
	`Récépissé de la déclaration nº\u00a0${number}`;

/** `Déclaration des versements du 2e trimestre 2022`. */
export const subjectOfReceipt = ({ period }: Pick<Receipt, 'period'>): string =>
	`Déclaration ${ofPeriod(period)}`;

/** What one says to look it up again: `recepisse-12.pdf`, and which time where it was sent again. */
export const fileNameOfReceipt = ({ number, submission, fictitious }: Receipt): string =>
	`recepisse-${number}${submission > 1 ? `-envoi-${submission}` : ''}${fictitious ? '-fictif' : ''}.pdf`;

export const totalOfReceipt = (
	lines: readonly Pick<ReceiptLine, 'amountCents'>[]
): Cents | null => {
	const amounts = lines.flatMap(({ amountCents }) => amountCents ?? []);
	return amounts.length === 0 ? null : sumCents(amounts);
};

/** What is said under the name of a line: what it corrects, who builds, and the comment. */
export function notesOfLine({ corrects, newOperation, comment }: ReceiptLine): string[] {
	const notes = [
		corrects && `Corrige une période antérieure : ${formatPeriod(corrects)}.`,
		newOperation && `Opération nouvelle : ${newOperation}.`,
		comment && `« ${comment} »`
	];
	return notes.flatMap((note) => (note ? typeset(note) : []));
}

/** `aides : 27`, one a text. */
export const countsOfLine = ({ counts }: Pick<ReceiptLine, 'counts'>): string[] =>
	counts.map(({ label, value }) => typeset(`${label} : ${value}`));

/** `PDF, 340 Ko`. */
export const describeFile = ({ mediaType, sizeBytes }: ReceiptFile): string =>
	`${labelOfKind(mediaType)}, ${formatBytes(sizeBytes)}`;

export const KEEP_IT =
	'Conservez ce récépissé. L’empreinte désigne exactement ce qui a été transmis, chiffres et fichiers\u00a0: si l’un d’eux changeait, elle serait tout autre.';

export const FICTITIOUS =
	'Données fictives\u00a0: cette déclaration fait partie de la démonstration.';
