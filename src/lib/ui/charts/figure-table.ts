/** The rows of a chart as a table: the same figures, in words. The first cell of a row names it. */
export type FigureTable = {
	caption: string;
	columns: readonly string[];
	rows: readonly (readonly string[])[];
};
