import { render } from 'svelte/server';
import { describe, expect, it } from 'vitest';
import { STATUS_LABELS, type EnvelopeStatus } from '#lib/domain/assessment.ts';
import { cents } from '#lib/domain/money.ts';
import EnvelopeBar from '#lib/ui/envelope/EnvelopeBar.svelte';
import StatusBadge from '#lib/ui/envelope/StatusBadge.svelte';

const draw = (promised: number, committed: number, disbursed: number, timeElapsed: number | null) =>
	render(EnvelopeBar, {
		props: {
			label: 'Logement d’abord',
			sums: {
				promisedCents: cents(promised),
				committedCents: cents(committed),
				disbursedCents: cents(disbursed),
				timeElapsed
			}
		}
	}).body;

const description = (html: string) => /<desc[^>]*>(?<words>[^<]*)/.exec(html)?.groups?.['words'];

describe('the bar of an envelope, for those who do not see it', () => {
	it('says what is disbursed, what is committed beyond, and where time stands', () => {
		expect(description(draw(1000, 800, 600, 0.832))).toBe(
			'60,0\u00A0% versés, 20,0\u00A0% engagés et non versés, 83\u00A0% du temps écoulé'
		);
	});

	it('says an overrun', () => {
		expect(description(draw(800, 0, 1000, null))).toBe(
			'125,0\u00A0% versés, au-delà de la somme promise'
		);
	});

	it('says that a share of nothing cannot be computed', () => {
		expect(description(draw(0, 0, 0, 0))).toBe('n.\u00A0d. versés, 0\u00A0% du temps écoulé');
	});

	it('says no overrun of a promise that is not made yet, as the drawing shows none', () => {
		expect(description(draw(0, 0, 500, null))).toBe('n.\u00A0d. versés');
	});
});

describe('the status of an envelope', () => {
	const looks = (Object.keys(STATUS_LABELS) as EnvelopeStatus[]).map((status) => {
		const { body } = render(StatusBadge, { props: { status } });
		return { status, body, shape: /<path.*?<\/svg>/s.exec(body)?.[0] };
	});

	it.each(looks)('is a word for $status', ({ status, body }) => {
		expect(body).toContain(STATUS_LABELS[status]);
	});

	it('has a shape of its own each time, so that colour never says it alone', () => {
		expect(new Set(looks.map(({ shape }) => shape)).size).toBe(looks.length);
	});
});
