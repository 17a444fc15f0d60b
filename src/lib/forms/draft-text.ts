import type { CellKey, Cells } from '#lib/domain/declaration-cell.ts';

/** What is wrong with what was typed: in which field, and what to do, in a sentence. */
export type DraftProblem = { key: CellKey; message: string };

/** What was typed in a field, without the spaces around it; empty where nothing was. */
export const textOf = (cells: Cells, key: CellKey): string => (cells.get(key) ?? '').trim();
