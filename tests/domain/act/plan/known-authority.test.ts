import { describe, expect, it } from 'vitest';
import { findAuthority } from '#lib/domain/act/plan/known-authority.ts';

const found = (words: string, ...names: string[]): string | null =>
	findAuthority(
		words,
		names.map((name) => ({ name, kind: 'authority' }))
	)?.name ?? null;

describe('the authority of an act', () => {
	it.each([
		['Ville de Dijon', 'Ville de Dijon'],
		['VILLE DE DIJON', 'Ville de Dijon'],
		['Commune de Dijon', 'Ville de Dijon'],
		['Conseil municipal de Dijon', 'Ville de Dijon'],
		['Conseil municipal de la Ville de Dijon', 'Ville de Dijon'],
		['Ville de Dijon – Conseil municipal', 'Ville de Dijon'],
		['Ville de Dijon', 'Conseil municipal de Dijon'],
		['Conseil municipal de Dijon', 'Dijon'],
		['CONSEIL MUNICIPAL DE LA ROCHE-ENVERS', 'La Roche-Envers'],
		['Conseil métropolitain de Dijon Métropole', 'Dijon Métropole'],
		['Conseil métropolitain de Dijon', 'Dijon Métropole'],
		['Bureau de la Métropole de Dijon', 'Dijon Métropole'],
		['Conseil de la Métropole', 'Métropole'],
		['Le conseil départemental de la Côte-d’Or', 'Département de la Côte-d’Or'],
		['Conseil d’administration du CCAS de Dijon', 'CCAS de Dijon']
	])('« %s » is that of « %s »', (words, known) => {
		expect(found(words, known)).toBe(known);
	});

	it.each([
		['Ville de Dijon-les-Bains', 'Ville de Dijon'],
		['Conseil municipal de Dijon-les-Bains', 'Ville de Dijon'],
		['CCAS de la Ville de Dijon', 'Ville de Dijon'],
		['Conseil d’administration du CCAS de la Ville de Dijon', 'Ville de Dijon'],
		['Métropole de Lyon', 'Métropole'],
		['Conseil de la Métropole de Lyon', 'Métropole'],
		['Conseil métropolitain de Dijon', 'Ville de Dijon'],
		['Conseil métropolitain de Dijon', 'Dijon'],
		['Conseil municipal de Dijon', 'Dijon Métropole'],
		['Conseil municipal', 'Ville de Dijon'],
		['', 'Ville de Dijon']
	])('« %s » is not that of « %s »', (words, known) => {
		expect(found(words, known)).toBeNull();
	});

	it('is the one of that very name where several could be meant, and none where no name is', () => {
		expect(found('Ville de Dijon', 'Dijon', 'Commune de Dijon', 'Ville de Dijon')).toBe(
			'Ville de Dijon'
		);
		expect(found('Conseil municipal de Dijon', 'Dijon', 'Ville de Dijon')).toBeNull();
	});

	it('is no funder, unless of that very name', () => {
		const bank = [{ name: 'Dijon Métropole', kind: 'funder' }];
		expect(findAuthority('Conseil de Dijon Métropole', bank)).toBeNull();
		expect(findAuthority('DIJON MÉTROPOLE', bank)).toBe(bank[0]);
	});
});
