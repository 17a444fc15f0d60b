import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { ACTION_LABELS, describeEvent, parseAuditQuery } from '#lib/domain/audit.ts';
import { plain } from './words.ts';

const read = (address: string) => parseAuditQuery(new URLSearchParams(address));

it('reads the action, the days and the place from the address of the journal', () => {
	expect(read('action=sign_in&du=2022-01-01&jusquau=2022-06-30&avant=120')).toEqual({
		query: { action: 'sign_in', from: '2022-01-01', to: '2022-06-30', before: 120n },
		notes: []
	});
});

it('asks for everything where the address says nothing', () => {
	const nothing = { action: null, from: null, to: null, before: null };
	expect(read('')).toEqual({ query: nothing, notes: [] });
	expect(read('action=&du=')).toEqual({ query: nothing, notes: [] });
});

it.each([
	'action=toString',
	'action=__proto__',
	'du=2022-02-30',
	'jusquau=hier',
	'avant=-1',
	'avant=99999999999999999999',
	'avant=1e3'
])('leaves out %s and says so', (address) => {
	const { query, notes } = read(address);
	expect(Object.values(query)).toEqual([null, null, null, null]);
	expect(notes).toHaveLength(1);
});

it('says that days in the wrong order hold nothing', () => {
	expect(read('du=2022-06-30&jusquau=2022-01-01').notes).toHaveLength(1);
});

it('names every action that the server records', () => {
	const server = resolve(import.meta.dirname, '../../src/lib/server');
	const sources = readdirSync(server, { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.ts'))
		.map((name) => readFileSync(join(server, name), 'utf8'))
		.filter((source) => source.includes('recordChange(') || source.includes('const receipt ='));
	const recorded = sources.flatMap((source) =>
		[
			...source.matchAll(/(?:action|command): (?:closing \? '(\w+)' : )?'(\w+)'/g),
			// What is said of a declaration in its history has its own words, and the audit trail others.
			...source.matchAll(/^\t\w+: '(\w+_(?:declaration|file|import))',?$/gm)
		].flatMap(([, first, second]) => [first, second].filter((name) => name?.includes('_')))
	);
	expect([...new Set(recorded)].sort()).toEqual(Object.keys(ACTION_LABELS).sort());
});

it('tells what was done to a declaration as people read it', () => {
	const subject = { subjectType: 'declaration', subjectId: '1', subjectName: 'nº 12, Habitat' };
	const told = (details: Record<string, unknown>) =>
		describeEvent({ ...subject, details }).map(({ name, value }) => `${name} : ${plain(value)}`);
	expect(told({ amountCents: '111791050', files: 2, digest: 'ab'.repeat(32) })).toEqual([
		'déclaration : nº 12, Habitat',
		'montant : 1 117 910,50 €',
		'justificatifs : 2',
		'empreinte : abababababab…'
	]);
	expect(told({ entries: 4, movedTo: null, overrunReason: null })).toEqual([
		'déclaration : nº 12, Habitat',
		'écritures : 4'
	]);
	expect(told({ movedTo: 2022, amountCents: 'x', frequency: 'quarter' }).slice(1)).toEqual([
		'écrit dans l’exercice : 2022',
		'montant : x',
		'rythme : chaque trimestre'
	]);
});

it('tells whose account it was, and of a refused sign-in only the beginning of a digest', () => {
	const subject = { subjectType: 'user', subjectId: '1', subjectName: 'Camille Durand' };
	expect(describeEvent({ ...subject, details: { role: 'finance' } })).toEqual([
		{ name: 'compte', value: 'Camille Durand' },
		{ name: 'rôle', value: 'finance' }
	]);
	const refused = { subjectType: 'user', subjectId: null, subjectName: null };
	expect(describeEvent({ ...refused, details: { emailDigest: '0123456789abcdef' } })).toEqual([
		{ name: 'empreinte de l’adresse saisie', value: '0123456789ab…' }
	]);
});

it('lists the entries that were recorded', () => {
	const recorded = { subjectType: 'envelope', subjectId: 'e1', subjectName: null };
	expect(describeEvent({ ...recorded, details: { entries: ['11', '12'] } })).toEqual([
		{ name: 'enveloppe', value: 'e1' },
		{ name: 'écritures', value: '11, 12' }
	]);
});
