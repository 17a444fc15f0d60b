import { fail, redirect, type ActionFailure, type RequestEvent } from '@sveltejs/kit';
import { application } from '#lib/server/application.ts';
import { attachFile, checkAttachable } from '#lib/server/declarations/attach-file.ts';
import { detachFile } from '#lib/server/declarations/detach-file.ts';
import { refusalOf } from '#lib/server/db/constraint.ts';
import { STATUS_OF } from '#lib/server/http/failure.ts';
import { readUpload } from '#lib/server/http/read-upload.ts';

/** What became of the files of a form: each that was refused with why, the others are in the list. */
export type EvidenceProblems = {
	refused: { name: string | null; message: string }[];
	attached: number;
	known: number;
};

type Answer = Promise<ActionFailure<EvidenceProblems>>;

/**
 * Attaches each file of a form as it comes. Those that are refused are said; the others are attached all the
 * same, since one bad file of ten is no reason to send nine again.
 */
export async function submitEvidence(event: RequestEvent, declarationId: string): Answer {
	const { context } = event.locals;
	const problems: EvidenceProblems = { refused: [], attached: 0, known: 0 };
	let status = 400;
	const note = (error: unknown, name: string | null): void => {
		const refusal = refusalOf(error);
		if (!refusal) throw error;
		status = STATUS_OF[refusal.kind];
		problems.refused.push({ name, message: refusal.message });
	};
	try {
		await checkAttachable(context, declarationId, null);
		await readUpload(event.request, async ({ name, stream }, fields) => {
			try {
				const rowKey = fields.get('ligne') || null;
				const given = { name, stream, rowKey };
				const file = await attachFile(context, application().files, declarationId, given);
				problems[file.isNew ? 'attached' : 'known'] += 1;
			} catch (error) {
				note(error, name);
			}
		});
	} catch (error) {
		note(error, null);
	}
	const { refused, attached, known } = problems;
	if (refused.length === 0 && attached + known === 0) {
		refused.push({ name: null, message: 'Choisissez au moins un fichier à joindre.' });
	}
	if (refused.length > 0) return fail(status, problems);
	redirect(303, `/declarations/${declarationId}/justificatifs?joints=${attached}&deja=${known}`);
}

/** Takes a file off the draft. */
export async function submitRemoval(event: RequestEvent, declarationId: string): Answer {
	const fileId = String((await event.request.formData()).get('fichier') ?? '');
	try {
		await detachFile(event.locals.context, declarationId, fileId);
	} catch (error) {
		const refusal = refusalOf(error);
		if (!refusal) throw error;
		const refused = [{ name: null, message: refusal.message }];
		return fail(STATUS_OF[refusal.kind], { refused, attached: 0, known: 0 });
	}
	redirect(303, `/declarations/${declarationId}/justificatifs?retires=1`);
}
