import { stringify } from 'csv-stringify/sync';
import { SCDL_COLUMNS, type ScdlColumn } from '#lib/domain/scdl-deliberation.ts';

/** As the common schema of local data asks it: UTF-8, commas, quotes doubled, days as AAAA-MM-JJ. */
export const writeScdl = (lines: readonly Record<ScdlColumn, string>[]): string =>
	stringify([...lines], { header: true, columns: [...SCDL_COLUMNS], record_delimiter: '\r\n' });
