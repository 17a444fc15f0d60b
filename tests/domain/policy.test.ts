import { describe, expect, it } from 'vitest';
import {
	canChangeAccount,
	canEnterActs,
	canRecordEntry,
	canReverseEntry,
	canSeeDashboard,
	canSeeLedger
} from '#lib/domain/policy.ts';
import { ROLES, type Actor, type Role } from '#lib/domain/role.ts';

const ACTION_LOGEMENT = 'action-logement';
const STATE = 'state';

const actorOf = (role: Role): Actor => ({
	id: `someone-${role}`,
	name: 'Quelqu’un',
	role,
	organisationId: role === 'partner' ? ACTION_LOGEMENT : null,
	organisationName: role === 'partner' ? 'Action Logement Services' : null
});

const own = { partnerId: ACTION_LOGEMENT };
const others = { partnerId: STATE };
const entry = { reversesEntryId: null, reversedByEntryId: null };

/** Who may do what. The partner is Action Logement; "own" is an envelope of Action Logement. */
const TABLE: [question: string, allowed: string, ask: (actor: Actor) => boolean][] = [
	['see the dashboard', 'finance elected admin', canSeeDashboard],
	['see its own ledger', 'finance partner elected admin', (a) => canSeeLedger(a, own)],
	['see another’s ledger', 'finance elected admin', (a) => canSeeLedger(a, others)],
	['record an entry', 'finance', canRecordEntry],
	['reverse an entry', 'finance', (a) => canReverseEntry(a, entry)],
	['reverse an entry twice', '', (a) => canReverseEntry(a, { ...entry, reversedByEntryId: 2n })],
	['reverse a reversal', '', (a) => canReverseEntry(a, { ...entry, reversesEntryId: 2n })],
	['enter acts', 'finance', canEnterActs],
	['change somebody else’s account', 'admin', (a) => canChangeAccount(a, { id: 'another' })],
	['change its own account', '', (a) => canChangeAccount(a, { id: a.id })]
];

describe('who may', () => {
	it.each(TABLE)('%s: %s', (_question, allowed, ask) => {
		const may = ROLES.filter((role) => ask(actorOf(role)));
		expect(may.join(' ')).toBe(allowed);
	});

	it('see nothing as a partner without an organisation', () => {
		const nobody = { ...actorOf('partner'), organisationId: null };
		expect([own, others].map((envelope) => canSeeLedger(nobody, envelope))).toEqual([false, false]);
	});
});
