import { describe, expect, it } from 'vitest';
import { DECLARATION_STATES } from '#lib/domain/declaration.ts';
import {
	canAcceptDeclaration,
	canBeginDeclaration,
	canChangeAccount,
	canEditDeclaration,
	canEnterActs,
	canReadMails,
	canRecordEntry,
	canRemarkDeclaration,
	canReopenDeclaration,
	canReturnDeclaration,
	canReverseEntry,
	canSeeDashboard,
	canSeeDeclarations,
	canSeeLedger,
	canSetDuty,
	canSubmitDeclaration,
	canWithdrawDeclaration,
	canWriteMessage,
	type DeclarationFacts
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
	['change its own account', '', (a) => canChangeAccount(a, { id: a.id })],
	['see declarations at all', 'finance partner admin', canSeeDeclarations],
	['begin a declaration of its own envelope', 'partner', (a) => canBeginDeclaration(a, own)],
	['begin one of another’s', '', (a) => canBeginDeclaration(a, others)],
	['set how often a partner declares', 'finance', canSetDuty],
	['read the mails that were sent', 'admin', canReadMails]
];

/** Each question of a declaration: who may, where it is allowed at all, and in which states that is. */
const OF_A_DECLARATION: [
	question: string,
	who: Role,
	states: string,
	ask: (actor: Actor, facts: DeclarationFacts) => boolean
][] = [
	['edit', 'partner', 'draft returned reopened', canEditDeclaration],
	['submit', 'partner', 'draft returned reopened', canSubmitDeclaration],
	['withdraw', 'partner', 'submitted', canWithdrawDeclaration],
	['accept', 'finance', 'submitted', canAcceptDeclaration],
	['return', 'finance', 'submitted', canReturnDeclaration],
	['reopen', 'finance', 'accepted', canReopenDeclaration],
	['remark', 'finance', 'submitted', canRemarkDeclaration]
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

describe('a declaration', () => {
	const declared = (changes: Partial<DeclarationFacts> = {}): DeclarationFacts => ({
		state: 'submitted',
		organisationId: ACTION_LOGEMENT,
		declarants: ['somebody'],
		...changes
	});

	it.each(OF_A_DECLARATION)('%s: %s, while it is %s', (_question, who, states, ask) => {
		const may = DECLARATION_STATES.flatMap((state) =>
			ROLES.filter((role) => ask(actorOf(role), declared({ state }))).map((role) => [role, state])
		);
		expect(may).toEqual(states.split(' ').map((state) => [who, state]));
	});

	it.each(OF_A_DECLARATION.filter(([, who]) => who === 'finance'))(
		'%s: never by who declared it, nor by who belongs to who declares',
		(_question, _who, states, ask) => {
			const state = states as DeclarationFacts['state'];
			const officer = actorOf('finance');
			expect(ask(officer, declared({ state }))).toBe(true);
			expect(ask(officer, declared({ state, declarants: [officer.id] }))).toBe(false);
			const insider = { ...officer, organisationId: ACTION_LOGEMENT };
			expect(ask(insider, declared({ state }))).toBe(false);
		}
	);

	it.each(OF_A_DECLARATION.filter(([, who]) => who === 'partner'))(
		'%s: never by another organisation',
		(_question, _who, states, ask) => {
			const state = states.split(' ')[0] as DeclarationFacts['state'];
			expect(ask(actorOf('partner'), declared({ state, organisationId: STATE }))).toBe(false);
		}
	);

	it('is written about by both sides, and by nobody else', () => {
		const may = ROLES.filter((role) => canWriteMessage(actorOf(role), declared()));
		expect(may).toEqual(['finance', 'partner']);
		expect(canWriteMessage(actorOf('partner'), declared({ organisationId: STATE }))).toBe(false);
	});
});
