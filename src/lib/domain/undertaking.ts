/** How a promise in words stands. Null is that nobody has said: it is not "not started". */
export type UndertakingStatus = 'not_started' | 'under_way' | 'kept' | 'not_kept';

export const UNDERTAKING_STATUS_LABELS: Record<UndertakingStatus, string> = {
	not_started: 'pas commencé',
	under_way: 'en cours',
	kept: 'tenu',
	not_kept: 'non tenu'
};
