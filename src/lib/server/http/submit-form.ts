import { fail, type ActionFailure, type RequestEvent } from '@sveltejs/kit';
import {
	setError,
	superValidate,
	type Infer,
	type InferIn,
	type SuperValidated
} from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import type { z } from 'zod';
import { refusalOf } from '#lib/server/db/constraint.ts';
import { STATUS_OF } from './failure.ts';

type Schema = z.core.$ZodType<Record<string, unknown>>;
type Values<S extends Schema> = Infer<S, 'zod4'>;
type Form<S extends Schema> = SuperValidated<Values<S>, string, InferIn<S, 'zod4'>>;

/** A form as it is first shown: empty, or with what is known already. */
export function openForm<S extends Schema>(
	schema: S,
	known: Partial<InferIn<S, 'zod4'>> = {}
): Promise<Form<S>> {
	return superValidate(known, zod4(schema), { errors: false });
}

/**
 * The way of every form: what was typed becomes values or one problem a field; the command runs; a
 * refusal, its own or of a rule of the database, becomes the message of its field. Whatever else goes
 * wrong rises, and so does a redirect. What is secret is not sent back.
 */
export async function submitForm<S extends Schema, Result>(
	event: RequestEvent,
	schema: S,
	run: (values: Values<S>) => Promise<Result>
): Promise<Result | ActionFailure<{ form: Form<S> }>> {
	const form: Form<S> = await superValidate(event, zod4(schema));
	const values = form.data;
	form.data = withoutSecrets(values);
	if (!form.valid) return fail(400, { form });
	try {
		return await run(values);
	} catch (error) {
		const refusal = refusalOf(error);
		if (!refusal) throw error;
		return setError(form, (refusal.field ?? '') as '', refusal.message, {
			status: STATUS_OF[refusal.kind]
		});
	}
}

function withoutSecrets<Fields extends Record<string, unknown>>(values: Fields): Fields {
	const secrets = Object.keys(values).filter((name) => /password/i.test(name));
	return { ...values, ...Object.fromEntries(secrets.map((name) => [name, ''])) };
}
