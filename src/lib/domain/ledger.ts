/** The four stages that the ledger records. */
export type EntryKind = 'allocation' | 'commitment' | 'receipt' | 'disbursement';

export const ENTRY_KINDS: readonly EntryKind[] = [
	'allocation',
	'commitment',
	'receipt',
	'disbursement'
];

export const ENTRY_KIND_LABELS: Record<EntryKind, string> = {
	allocation: 'dotation',
	commitment: 'engagement',
	receipt: 'encaissement',
	disbursement: 'versement'
};
