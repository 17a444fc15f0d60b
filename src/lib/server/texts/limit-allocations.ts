import { MOST_BUFFER_BYTES } from './limits.ts';

/** From this size on, what is asked for is added up. */
const COUNTED_BYTES = 64 * 1024;

/** Whether what was asked for ever was too much: a library may swallow the error and go on. */
export type Allocations = { wereTooMuch: boolean };

/**
 * Limits, in this thread, the plain bytes that its code asks for. The limits of a thread know only what the
 * language itself keeps, and a file may unpack into gigabytes of bytes. Called in a thread of ours alone.
 */
export function limitAllocations(): Allocations {
	const allocations: Allocations = { wereTooMuch: false };
	const check = (size: unknown): void => {
		if (typeof size !== 'number' || size < COUNTED_BYTES) return;
		if (process.memoryUsage().arrayBuffers + size <= MOST_BUFFER_BYTES) return;
		allocations.wereTooMuch = true;
		throw new RangeError('more bytes than a document takes');
	};
	for (const name of ['Uint8Array', 'Uint8ClampedArray', 'ArrayBuffer'] as const) {
		const original: (typeof globalThis)[typeof name] = globalThis[name];
		Object.defineProperty(globalThis, name, {
			configurable: true,
			writable: true,
			value: new Proxy(original, {
				construct(target, values: unknown[], newTarget) {
					check(values[0]);
					return Reflect.construct(
						target,
						values,
						newTarget === undefined ? target : newTarget
					) as object;
				}
			})
		});
	}
	// It unpacks outside of what is counted; without it, what is packed is unpacked by what is.
	Object.defineProperty(globalThis, 'DecompressionStream', { value: undefined });
	return allocations;
}
