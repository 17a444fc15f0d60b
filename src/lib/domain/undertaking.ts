/** How far a promise in words has come. */
export type UndertakingStatus = 'not_started' | 'under_way' | 'kept' | 'not_kept';

export const UNDERTAKING_STATUS_LABELS: Record<UndertakingStatus, string> = {
	not_started: 'pas encore engagé',
	under_way: 'en cours',
	kept: 'tenu',
	not_kept: 'non tenu'
};
