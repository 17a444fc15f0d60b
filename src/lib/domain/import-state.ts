/** Where a spreadsheet stands that was given for a declaration. */
export type ImportState =
	'waiting' | 'reading' | 'matching' | 'ready' | 'refused' | 'applied' | 'discarded';

export const IMPORT_STATE_LABELS: Record<ImportState, string> = {
	waiting: 'en attente de lecture',
	reading: 'en cours de lecture',
	matching: 'colonnes à rapprocher',
	ready: 'lu, à vérifier',
	refused: 'refusé',
	applied: 'repris dans la déclaration',
	discarded: 'mis de côté'
};

/** Whether something is still to come without anybody doing anything. */
export const isUnderWay = (state: ImportState): boolean =>
	state === 'waiting' || state === 'reading';

/** What is remembered of the table that was found, beside its columns. */
export type ImportTableFacts = {
	kind: 'table';
	sheet: string | null;
	headingLine: number;
	lastHeadingLine: number;
	digest: string;
	/** 1 where a person said what the columns mean, now or an earlier time. */
	remembered: number;
};

export type ImportColumnFacts = {
	kind: 'column';
	index: number;
	heading: string;
	field: string | null;
	sample: string;
};

/** As they are kept in one list: the table first, then its columns from left to right. */
export type ImportColumns = readonly Record<string, string | number | null>[];

export const tableOf = (columns: ImportColumns | null): ImportTableFacts | null =>
	(columns?.find(({ kind }) => kind === 'table') as ImportTableFacts | undefined) ?? null;

export const columnsOf = (columns: ImportColumns | null): ImportColumnFacts[] =>
	(columns ?? []).filter(({ kind }) => kind === 'column') as ImportColumnFacts[];
