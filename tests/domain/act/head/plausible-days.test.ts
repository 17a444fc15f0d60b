import { describe, expect, it } from 'vitest';
import { readHeader } from '#lib/domain/act/header.ts';
import { readSections } from '#lib/domain/act/sections.ts';
import { openText } from '#lib/domain/act/text.ts';

function daysOf(...lines: string[]) {
	const text = openText(
		[...lines, '', 'Vu le code,', '', 'Le conseil décide d’approuver.'].join('\n')
	);
	const { sitting, convened, published, received } = readHeader(text, readSections(text));
	return [sitting.value, convened.value, published.value, received.value];
}

describe('the days of an act', () => {
	it('stand within some weeks of its sitting', () => {
		expect(
			daysOf(
				'Séance du 16 février 2023',
				'Date de convocation : 10 février 2023',
				'Publié le 20 février 2023',
				'Reçu en préfecture le 17 février 2023'
			)
		).toEqual(['2023-02-16', '2023-02-10', '2023-02-20', '2023-02-17']);
	});

	it.each(['10 février 2000', '16 février 2022', '16 août 2023'])(
		'are no values where they are far from it: %s',
		(day) => {
			expect(
				daysOf(
					'Séance du 16 février 2023',
					`Date de convocation : ${day}`,
					`Publié le ${day}`,
					`Reçu en préfecture le ${day}`
				)
			).toEqual(['2023-02-16', null, null, null]);
		}
	);

	it('stay where they are near but in the wrong order, for a person to see', () => {
		expect(
			daysOf('Séance du 16 février 2023', '', 'Reçu en préfecture le 15 février 2023')
		).toEqual(['2023-02-16', null, null, '2023-02-15']);
	});

	it('are no values where no sitting is known and they lie far apart', () => {
		expect(
			daysOf(
				'Conseil municipal',
				'Publié le 8 octobre 2018',
				'Reçu en préfecture le 14 février 2020'
			)
		).toEqual([null, null, null, null]);
	});

	it('are none of a directive that the stamps contradict', () => {
		expect(
			daysOf(
				'Directive du Parlement européen et du Conseil du 27 juin 2001',
				'Reçu en préfecture le 12 janvier 2023'
			)
		).toEqual([null, null, null, '2023-01-12']);
	});
});
