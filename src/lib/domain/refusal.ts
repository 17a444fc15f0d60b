export type RefusalKind =
	'invalid' | 'forbidden' | 'not-found' | 'conflict' | 'too-large' | 'too-many';

/**
 * An expected no: the rules do not allow what was asked. The message is a full French sentence for
 * the person; the field, where there is one, is what they have to change.
 */
export class Refusal extends Error {
	readonly field: string | null;
	readonly kind: RefusalKind;

	constructor(message: string, options: { field?: string; kind?: RefusalKind } = {}) {
		super(message);
		this.name = 'Refusal';
		this.field = options.field ?? null;
		this.kind = options.kind ?? 'invalid';
	}
}
