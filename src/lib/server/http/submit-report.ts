import { fail, type ActionFailure, type RequestEvent } from '@sveltejs/kit';
import { cleanFileName, LARGEST_EVIDENCE_BYTES, type EvidenceKind } from '#lib/domain/evidence.ts';
import { readReport, reportForm } from '#lib/forms/undertaking.ts';
import { application } from '#lib/server/application.ts';
import { refusalOf } from '#lib/server/db/constraint.ts';
import { recogniseEvidence } from '#lib/server/evidence/recognise.ts';
import { STATUS_OF } from '#lib/server/http/failure.ts';
import { readFormWithFiles, type IncomingFile } from '#lib/server/http/read-upload.ts';
import type { NamedProblems } from '#lib/server/http/submit-named-form.ts';
import {
	checkReportable,
	recordStep,
	type GivenEvidence
} from '#lib/server/undertakings/record-step.ts';

/**
 * What somebody reports of an undertaking, with its evidence: words and files, together or not at all.
 * What was typed comes back with what was wrong; files have to be chosen again, as browsers want it.
 */
export async function submitReport(
	event: RequestEvent,
	undertakingId: string
): Promise<ActionFailure<NamedProblems> | undefined> {
	const { context } = event.locals;
	let values: Record<string, string> = {};
	const answer = (status: number, errors: NamedProblems['errors']) =>
		fail(status, { asked: 'rapporter', errors, values });
	try {
		await checkReportable(context, undertakingId);
		const { fields, taken } = await readFormWithFiles(event.request, keepEvidence);
		values = Object.fromEntries(fields);
		const parsed = reportForm.safeParse(values);
		if (!parsed.success) {
			return answer(400, parsed.error.flatten().fieldErrors);
		}
		const role = context.actor.role === 'finance' ? 'finance' : 'partner';
		await recordStep(context, undertakingId, readReport(parsed.data, role), distinct(taken));
		return undefined;
	} catch (error) {
		const refusal = refusalOf(error);
		if (!refusal) throw error;
		const field = refusal.field === 'fichier' ? 'files' : (refusal.field ?? '');
		return answer(STATUS_OF[refusal.kind], { [field]: [refusal.message] });
	}
}

async function keepEvidence({ name: given, stream }: IncomingFile): Promise<GivenEvidence> {
	const name = cleanFileName(given);
	let mediaType: EvidenceKind | undefined;
	const { digest, sizeBytes } = await application().files.keepFile(stream, {
		limitBytes: LARGEST_EVIDENCE_BYTES,
		inspect: async (file) => void (mediaType = await recogniseEvidence(file, name))
	});
	if (!mediaType) throw new Error('a kept file was inspected');
	return { digest, sizeBytes, name, mediaType };
}

/** The same content twice in one form is one file. */
const distinct = (files: readonly GivenEvidence[]): GivenEvidence[] => [
	...new Map(files.map((file) => [file.digest, file])).values()
];
