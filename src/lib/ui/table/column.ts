/** A column of a table. Its key tells the cell, the total and the parameter of the sort apart. */
export type Column = {
	key: string;
	label: string;
	/** Figures: right-aligned, one below the other. */
	numeric?: boolean;
	/** Names the row: at most one column. */
	header?: boolean;
	/** Where its title leads to sort by it; left out where one cannot. */
	sortHref?: string;
	/** How the rows are sorted by it now. */
	sorted?: 'ascending' | 'descending';
};
