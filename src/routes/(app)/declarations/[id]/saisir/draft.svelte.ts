import type { CellKey, Cells } from '#lib/domain/declaration-cell.ts';
import {
	cellsOf,
	changesOf,
	emptyField,
	keepMine,
	mergeAnswer,
	takeTheirs,
	type DraftAnswer,
	type DraftChange,
	type DraftField,
	type DraftFields
} from '#lib/domain/draft-merge.ts';
import type { Memory } from '#lib/ui/declaration/memory.ts';

/** Why what is typed is not kept by the server for now. It is kept on the device meanwhile. */
export type Trouble =
	| { kind: 'offline' }
	| { kind: 'session' }
	/** The server says no, in a sentence. */
	| { kind: 'refused'; message: string }
	/** Something failed there: it will be tried again. */
	| { kind: 'failed'; message: string };

/** After typing stops; and between two attempts while the server does not answer. */
const PAUSE_MS = 800;
/** What is wrong with a field is not said while a button is pressed: it would move away from the finger. */
const PRESS_MS = 250;
const RETRIES_MS = [3000, 6000, 12_000, 30_000];

/** A draft as it is typed on this device: what is typed goes to the server by itself, field by field. */
export class Draft {
	fields: DraftFields = $state({});
	/** When the draft was last kept, as ISO text. */
	savedAt: string | null = $state(null);
	trouble: Trouble | null = $state(null);
	/** What an earlier page on this device could not send. */
	offered: DraftChange[] = $state([]);
	/** The field that is being typed in: what is wrong with it is said once it is left. */
	current: CellKey | null = $state(null);

	#address: string;
	#memory: Memory | null = null;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#saving: Promise<boolean> | null = null;
	#failures = 0;

	constructor(address: string, cells: Cells, savedAt: Date | null) {
		this.#address = address;
		this.savedAt = savedAt?.toISOString() ?? null;
		for (const [key, value] of cells) this.fields[key] = { ...emptyField(), value, base: value };
	}

	field(key: CellKey): DraftField {
		return this.fields[key] ?? emptyField();
	}

	/** What stands in the form now, by field. */
	cells(): Cells {
		return cellsOf(this.fields);
	}

	hasConflicts(): boolean {
		return Object.values(this.fields).some(({ conflict }) => conflict !== null);
	}

	/** From now on what is typed outlives this page; what an earlier page left behind is offered. */
	remember(memory: Memory): void {
		this.#memory = memory;
		this.offered = memory.recall().filter(({ key, value }) => this.field(key).value !== value);
		this.#keepHere();
	}

	type(key: CellKey, value: string): void {
		this.fields[key] = { ...this.field(key), value, filledBy: null };
		this.current = key;
		this.#keepHere();
		this.#saveIn(PAUSE_MS);
	}

	leave(key: CellKey): void {
		setTimeout(() => this.current === key && (this.current = null), PRESS_MS);
		if (changesOf(this.fields).length > 0) void this.save();
	}

	/** Puts back what an earlier page could not send. */
	restore(): void {
		for (const { key, base, value } of this.offered) {
			this.fields[key] = { ...emptyField(), value, base };
		}
		this.offered = [];
		this.#keepHere();
		void this.save();
	}

	/** Gives up what an earlier page could not send. */
	forget(): void {
		this.offered = [];
		this.#keepHere();
	}

	/** Shows a field in which two people typed: as a form without script came back. */
	contest(key: CellKey, mine: string, base: string, theirs: DraftField['conflict']): void {
		this.fields[key] = { value: mine, base, conflict: theirs, filledBy: null };
	}

	choose(key: CellKey, whose: 'mine' | 'theirs'): void {
		this.fields[key] = (whose === 'mine' ? keepMine : takeTheirs)(this.field(key));
		this.#keepHere();
		void this.save();
	}

	/** Sends what is not kept yet; answers whether all of it is. A second call waits for the first. */
	async save(isLeaving = false): Promise<boolean> {
		clearTimeout(this.#timer);
		while (this.#saving) await this.#saving;
		if (changesOf(this.fields).length === 0) return !this.hasConflicts();
		this.#saving = this.#send(isLeaving);
		try {
			return await this.#saving;
		} finally {
			this.#saving = null;
		}
	}

	stop(): void {
		clearTimeout(this.#timer);
	}

	async #send(isLeaving: boolean): Promise<boolean> {
		const changes = changesOf(this.fields);
		const answer = await post(this.#address, { since: this.savedAt, changes }, isLeaving);
		if ('kind' in answer) {
			this.trouble = answer;
			const pause = RETRIES_MS[Math.min(this.#failures++, RETRIES_MS.length - 1)] ?? PAUSE_MS;
			if (answer.kind !== 'refused') this.#saveIn(pause);
			return false;
		}
		this.#failures = 0;
		this.trouble = null;
		this.savedAt = answer.savedAt;
		Object.assign(this.fields, mergeAnswer($state.snapshot(this.fields), changes, answer));
		this.#keepHere();
		if (changesOf(this.fields).length > 0) this.#saveIn(PAUSE_MS);
		return !this.hasConflicts();
	}

	#saveIn(milliseconds: number): void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => void this.save(), milliseconds);
	}

	/** What waits for a choice is not kept by the server either. */
	#keepHere(): void {
		const unsent = Object.entries(this.fields)
			.filter(([, { value, base }]) => value !== base)
			.map(([key, { value, base }]) => ({ key, value, base }));
		const waiting = this.offered.filter(({ key }) => !unsent.some((own) => own.key === key));
		this.#memory?.remember([...unsent, ...waiting]);
	}
}

async function post(
	address: string,
	body: { since: string | null; changes: DraftChange[] },
	isLeaving: boolean
): Promise<DraftAnswer | Trouble> {
	try {
		const response = await fetch(address, {
			method: 'POST',
			headers: { 'content-type': 'application/json', accept: 'application/json' },
			body: JSON.stringify(body),
			// The way to the sign-in page is not followed: it would answer a page.
			redirect: 'manual',
			keepalive: isLeaving
		});
		if (response.type === 'opaqueredirect') return { kind: 'session' };
		const answer = (await response.json()) as DraftAnswer | { message: string };
		if (response.ok) return answer as DraftAnswer;
		const message = 'message' in answer ? answer.message : '';
		return { kind: response.status >= 500 ? 'failed' : 'refused', message };
	} catch {
		return { kind: 'offline' };
	}
}
