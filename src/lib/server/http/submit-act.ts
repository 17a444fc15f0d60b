import { error, fail, redirect, type ActionFailure, type RequestEvent } from '@sveltejs/kit';
import { Refusal } from '#lib/domain/refusal.ts';
import { typeset } from '#lib/domain/typography.ts';
import { application } from '#lib/server/application.ts';
import { refusalOf } from '#lib/server/db/constraint.ts';
import { LONGEST_PASTED_BYTES } from '#lib/server/http/body-limit.ts';
import { failureOf } from '#lib/server/http/failure.ts';
import { readFormWithFiles } from '#lib/server/http/read-upload.ts';
import { beginFromFile, beginFromText, type Given } from '#lib/server/readings/begin-from-file.ts';
import type { KnownAct } from '#lib/server/readings/find-alike.ts';
import { setAsideReading } from '#lib/server/readings/set-aside-reading.ts';

/** What stands in the way, and the text that was typed, which is never lost. */
export type ActProblem = {
	problems: { field: string | null; message: string }[];
	text: string;
	/** The act that has this very text. */
	known: KnownAct | null;
};

type Answer = Promise<ActionFailure<ActProblem> | undefined>;

const NOTHING = 'Collez le texte de la délibération, ou choisissez un fichier.';

const BOTH = typeset(
	'Vous avez collé un texte et choisi un fichier : gardez l’un des deux. Le texte est encore dans son champ.'
);

/** Takes an act, as text or as the first file of the form, and leads to its reading. */
export async function submitAct(event: RequestEvent): Answer {
	const { context } = event.locals;
	let text = '';
	try {
		let hasFirst = false;
		const form = await readFormWithFiles<Given | null>(
			event.request,
			async (given, before) => {
				if (hasFirst) return null;
				hasFirst = true;
				text = before.get('texte') ?? '';
				if (text.trim() !== '') throw new Refusal(BOTH, { field: 'fichier' });
				return beginFromFile(context, application().files, given);
			},
			LONGEST_PASTED_BYTES
		);
		text = form.fields.get('texte') ?? '';
		const [fromFile] = form.taken;
		if (!fromFile && text.trim() === '') throw new Refusal(NOTHING, { field: 'texte' });
		return lead(fromFile ?? (await beginFromText(context, text)), text);
	} catch (cause) {
		return problem(cause, text);
	}
}

/** To the desk; or first to what has to be asked or said about the text. */
function lead(given: Given, text: string): ActionFailure<ActProblem> {
	if (given.known) return fail(409, { problems: [], text, known: given.known });
	const { readingId, isAlike, lost, blankPages } = given;
	if (!isAlike && lost === 0 && blankPages.length === 0) {
		redirect(303, `/deliberations/lectures/${readingId}`);
	}
	const told = new URLSearchParams({ lecture: readingId });
	if (lost > 0) told.set('perdus', String(lost));
	if (blankPages.length > 0) told.set('sans-texte', blankPages.slice(0, 50).join(','));
	redirect(303, `/deliberations/nouvelle?${told}`);
}

/** Sets a reading aside; then leads to the act that was known, where the person chose it. */
export async function submitSettingAside(event: RequestEvent): Answer {
	const data = await event.request.formData();
	const known = String(data.get('connu') ?? '');
	try {
		await setAsideReading(event.locals.context, String(data.get('lecture') ?? ''));
	} catch (cause) {
		return problem(cause, '');
	}
	const isOurs = /^\/deliberations\/(lectures\/)?[a-z0-9-]+$/.test(known);
	redirect(303, isOurs ? known : '/deliberations/nouvelle?ecartee');
}

function problem(cause: unknown, text: string): ActionFailure<ActProblem> {
	const refusal = refusalOf(cause);
	if (!refusal) throw cause;
	const { status, message } = failureOf(refusal);
	if (status === 404) error(404, message);
	return fail(status, { problems: [{ field: refusal.field, message }], text, known: null });
}
