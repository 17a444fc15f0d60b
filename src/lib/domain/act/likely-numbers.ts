/** No assembly has more members than that, nor more voices. */
export const MOST_OF_A_HEAD = 9_999;

/** What is counted in an act, and what is promised in euros: far beyond what any act says. */
export const MOST_COUNTED = 999_999_999_999;

/** A rise may be of several hundred per cent. */
export const MOST_PERCENT = 9_999;
