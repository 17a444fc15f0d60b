import { isCellKey } from '#lib/domain/declaration-cell.ts';
import type { DraftChange } from '#lib/domain/draft-merge.ts';

/**
 * What was typed and is not kept by the server yet, on this device: it outlives a closed tab and a session
 * that expires, not signing out. A browser that keeps nothing is no reason to stop typing.
 */
export type Memory = {
	recall: () => DraftChange[];
	/** Nothing is left to remember once the server has it. */
	remember: (changes: readonly DraftChange[]) => void;
};

const PREFIX = 'tenu.brouillon.';

/** Leaves nothing of what somebody typed on this device, once they have signed out of it. */
export function forgetTyped(personId: string): void {
	try {
		const names = Object.keys(localStorage);
		for (const name of names) {
			if (name.startsWith(PREFIX) && name.endsWith(`.${personId}`)) localStorage.removeItem(name);
		}
	} catch {
		// None allowed: nothing is there.
	}
}

export function memoryOf(declarationId: string, personId: string): Memory {
	const name = `${PREFIX}${declarationId}.${personId}`;
	return {
		recall: () => {
			try {
				const found: unknown = JSON.parse(localStorage.getItem(name) ?? '[]');
				return Array.isArray(found) ? found.filter(isChange) : [];
			} catch {
				return [];
			}
		},
		remember: (changes) => {
			try {
				if (changes.length === 0) localStorage.removeItem(name);
				else localStorage.setItem(name, JSON.stringify(changes));
			} catch {
				// No room, or none allowed.
			}
		}
	};
}

function isChange(found: unknown): found is DraftChange {
	if (typeof found !== 'object' || found === null) return false;
	const { key, base, value } = found as Record<string, unknown>;
	return (
		typeof key === 'string' &&
		isCellKey(key) &&
		typeof base === 'string' &&
		typeof value === 'string'
	);
}
