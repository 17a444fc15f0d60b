import { LARGEST_EVIDENCE_BYTES, tooLarge } from '#lib/domain/evidence.ts';
import { sendFile, type Sent } from './send-file.ts';

export type Upload = {
	id: number;
	name: string;
	/** How much has gone, from 0 to 1. */
	share: number;
	state: 'waiting' | 'sending' | 'attached' | 'known' | 'refused' | 'cancelled';
	/** Why it was refused. */
	message: string;
	cancel: () => void;
};

/** So many at once: more would only make each slower. */
const AT_ONCE = 3;

/** The files that are on their way from this page, in the order in which they were chosen. */
export class UploadQueue {
	uploads = $state<Upload[]>([]);
	#waiting: (() => Promise<void>)[] = [];
	#running = 0;
	#count = 0;
	readonly #onSettled: () => void;

	/** Told whenever a file has come in and the list of the page is to be read again. */
	constructor(onSettled: () => void) {
		this.#onSettled = onSettled;
	}

	get isBusy(): boolean {
		return this.uploads.some(({ state }) => state === 'waiting' || state === 'sending');
	}

	add(action: string, files: Iterable<File>, rowKey: string): void {
		for (const file of files) {
			const controller = new AbortController();
			this.uploads.push({
				id: (this.#count += 1),
				name: file.name,
				share: 0,
				state: 'waiting',
				message: '',
				cancel: () => controller.abort()
			});
			const upload = this.uploads.at(-1);
			if (!upload) continue;
			controller.signal.addEventListener('abort', () => (upload.state = 'cancelled'));
			this.#waiting.push(() => this.#send(upload, action, file, rowKey, controller.signal));
		}
		this.#startNext();
	}

	#startNext(): void {
		while (this.#running < AT_ONCE) {
			const next = this.#waiting.shift();
			if (!next) return;
			this.#running += 1;
			void next().finally(() => {
				this.#running -= 1;
				this.#startNext();
			});
		}
	}

	async #send(
		upload: Upload,
		action: string,
		file: File,
		rowKey: string,
		signal: AbortSignal
	): Promise<void> {
		if (signal.aborted) return;
		if (file.size > LARGEST_EVIDENCE_BYTES) {
			const { message } = tooLarge(file.size, LARGEST_EVIDENCE_BYTES);
			return settle(upload, { outcome: 'refused', message });
		}
		upload.state = 'sending';
		const onProgress = (share: number) => (upload.share = share);
		try {
			settle(upload, await sendFile(action, file, rowKey, { signal, onProgress }));
		} catch {
			upload.state = 'cancelled';
		}
		// Also when it was called off: it may have been just too late.
		this.#onSettled();
	}
}

function settle(upload: Upload, sent: Sent): void {
	upload.state = sent.outcome;
	upload.message = sent.outcome === 'refused' ? sent.message : '';
}
