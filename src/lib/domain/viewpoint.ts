import type { Day } from '#lib/domain/day.ts';

/**
 * From where the books are looked at: the figures as of the end of day `asOf`, with what was recorded
 * strictly before the instant `knownAt` (null: all that is known now). `?au=` and `?connu=` in an address.
 */
export type Viewpoint = { asOf: Day; knownAt: Date | null };
