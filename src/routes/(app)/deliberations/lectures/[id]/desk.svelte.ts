import { createContext, tick } from 'svelte';
import { goto, replaceState } from '$app/navigation';
import { PROPOSAL_STEPS } from '#lib/domain/act/desk/proposal.ts';
import type { PageData } from './$types';

/**
 * Where a person is on the desk. Which proposal is open stands in the address, and moves at once
 * among those that lie on the page; another step, or another page of it, is fetched.
 */
export class Desk {
	readonly #data: () => PageData;
	/** Whether a decision is on its way: what is open is about to change. */
	isBusy = false;
	/** What was opened since the page came; a new page says itself what is open. */
	#opened = $state.raw<{ on: PageData; id: string } | null>(null);

	constructor(data: () => PageData) {
		this.#data = data;
	}

	get selectedId(): string | null {
		const data = this.#data();
		return this.#opened?.on === data ? this.#opened.id : data.selectedId;
	}

	readonly hrefOf = (id: string): string => `?proposition=${id}#lecture`;

	/** Opens a proposal, shows its sentence, and puts the focus on it. */
	async open(id: string, { focus = true } = {}): Promise<void> {
		const data = this.#data();
		const address = `?proposition=${id}`;
		if (data.items.some((item) => item.id === id)) {
			this.#opened = { on: data, id };
			replaceState(address, {});
			await tick();
			this.show(focus);
			const isOnPage = data.text.spans.some((span) => span.id === id);
			const hasPlace = data.items.find((item) => item.id === id)?.quote;
			if (isOnPage || !hasPlace) return;
		}
		await goto(address, { noScroll: true, keepFocus: true });
		await tick();
		this.show(focus);
	}

	/** To the proposal before or after, beyond the page too. */
	async move(by: 1 | -1): Promise<void> {
		const { items, previousId, followingId } = this.#data();
		const place = items.findIndex(({ id }) => id === this.selectedId);
		const next = items[place + by]?.id ?? (by === 1 ? followingId : previousId);
		if (next) await this.open(next);
	}

	async step(by: 1 | -1): Promise<void> {
		const data = this.#data();
		const filled = PROPOSAL_STEPS.filter(
			(step) => step === data.step || data.steps.some((one) => one.step === step && one.total > 0)
		);
		const next = filled[filled.indexOf(data.step) + by];
		if (!next) return;
		await goto(`?etape=${next}`, { noScroll: true, keepFocus: true });
		await tick();
		this.show(true);
	}

	/** Brings the open proposal and its sentence into view. */
	show(focus: boolean): void {
		const card = document.getElementById('lecture');
		if (focus) card?.focus({ preventScroll: true });
		if (isWide()) this.toSentence();
		card?.scrollIntoView({ block: 'nearest' });
	}

	toSentence(): void {
		const sentence = document.getElementById(`passage-${this.selectedId}`);
		if (!sentence) return;
		const { top, bottom } = sentence.getBoundingClientRect();
		if (top > innerHeight * 0.12 && bottom < innerHeight * 0.85) return;
		const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
		sentence.scrollIntoView({ block: 'center', behavior: calm ? 'instant' : 'smooth' });
	}
}

/** The desk that a form belongs to. */
export const [deskOf, provideDesk] = createContext<Desk>();

const isWide = (): boolean => matchMedia('(min-width: 60rem)').matches;
