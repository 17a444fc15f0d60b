import { error, fail, redirect, type ActionFailure, type RequestEvent } from '@sveltejs/kit';
import { application } from '#lib/server/application.ts';
import { refusalOf } from '#lib/server/db/constraint.ts';
import { failureOf } from '#lib/server/http/failure.ts';
import { readUpload } from '#lib/server/http/read-upload.ts';
import { applyImport } from '#lib/server/imports/apply-import.ts';
import { askForReading } from '#lib/server/imports/ask-for-reading.ts';
import { discardImport } from '#lib/server/imports/discard-import.ts';
import { leaveOut, takeBack, type Lines } from '#lib/server/imports/leave-out.ts';
import { forgetColumns, matchColumns, rereadImport } from '#lib/server/imports/match-columns.ts';
import { checkImportable, receiveSpreadsheet } from '#lib/server/imports/receive-spreadsheet.ts';

/** What stands in the way, and at which field. */
export type ImportProblem = { problems: { field: string | null; message: string }[] };

type Answer = Promise<ActionFailure<ImportProblem> | undefined>;

/** Takes one spreadsheet, the first of the form, has it read behind the request, and leads to where one sees it being read. */
export async function submitSpreadsheet(event: RequestEvent): Answer {
	const { context } = event.locals;
	const declarationId = event.params.id ?? '';
	return orProblem(async () => {
		await checkImportable(context, declarationId);
		let hasFirst = false;
		const taken = await readUpload(event.request, async (given) => {
			if (hasFirst) return null;
			hasFirst = true;
			return receiveSpreadsheet(context, application().files, declarationId, given);
		});
		const [file] = taken;
		if (!file) {
			return fail(400, { problems: [{ field: 'fichier', message: 'Choisissez un fichier.' }] });
		}
		// Should nobody be asked, the page asks again: see `askAgain`.
		if (file.isNew) await askForReading(file.id, context.actor.id).catch(() => undefined);
		const told = [file.isNew ? [] : ['deja'], taken.length > 1 ? ['seul'] : []].flat();
		const search = told.length > 0 ? `?${told.join('&')}` : '';
		redirect(303, `/declarations/${declarationId}/tableur/${file.id}${search}`);
	});
}

/** A person says what each column means: `colonne-<index>`. */
export async function submitColumns(event: RequestEvent): Answer {
	const data = await event.request.formData();
	const matches = Object.fromEntries(
		[...data].flatMap(([name, value]) => {
			const index = /^colonne-(\d{1,3})$/.exec(name)?.[1];
			return index === undefined || typeof value !== 'string' ? [] : [[index, value]];
		})
	);
	return change(event, async (ids) => {
		await matchColumns(event.locals.context, ids, matches);
		await readSoon(event, ids.importId);
	});
}

export const submitForgetting = (event: RequestEvent): Answer =>
	change(event, async (ids) => {
		await forgetColumns(event.locals.context, ids);
		await readSoon(event, ids.importId);
	});

export const submitRereading = (event: RequestEvent): Answer =>
	change(event, async (ids) => {
		await rereadImport(event.locals.context, ids);
		await readSoon(event, ids.importId);
	});

/** Leaves a line out, or takes it back; without a number, all of them. */
export async function submitLines(event: RequestEvent, which: 'out' | 'back'): Answer {
	const given = String((await event.request.formData()).get('ligne') ?? '');
	const lines: Lines = /^\d{1,7}$/.test(given) ? Number(given) : 'all';
	const run = which === 'out' ? leaveOut : takeBack;
	return change(event, (ids) => run(event.locals.context, ids, lines), new URL(event.request.url));
}

export async function submitApplication(event: RequestEvent): Answer {
	const seenDigest = String((await event.request.formData()).get('vu') ?? '');
	return orProblem(async () => {
		const ids = idsOf(event);
		await applyImport(event.locals.context, { ...ids, seenDigest });
		redirect(303, `/declarations/${ids.declarationId}/saisir?verifier`);
	});
}

export async function submitDiscard(event: RequestEvent): Answer {
	return orProblem(async () => {
		const ids = idsOf(event);
		await discardImport(event.locals.context, ids);
		redirect(303, `/declarations/${ids.declarationId}/tableur`);
	});
}

const idsOf = ({ params }: RequestEvent) => ({
	declarationId: params.id ?? '',
	importId: params.import ?? ''
});

async function change(
	event: RequestEvent,
	run: (ids: ReturnType<typeof idsOf>) => Promise<unknown>,
	{ searchParams }: Pick<URL, 'searchParams'> = { searchParams: new URLSearchParams() }
): Answer {
	return orProblem(async () => {
		const ids = idsOf(event);
		await run(ids);
		const kept = new URLSearchParams([...searchParams].filter(([name]) => !name.startsWith('/')));
		const search = kept.size > 0 ? `?${kept}` : '';
		redirect(303, `/declarations/${ids.declarationId}/tableur/${ids.importId}${search}`);
	});
}

const readSoon = (event: RequestEvent, importId: string): Promise<void> =>
	askForReading(importId, event.locals.context.actor.id).catch(() => undefined);

/** A refusal becomes a message; what one may not see is not found. */
async function orProblem(run: () => Answer | Promise<never>): Answer {
	try {
		return await run();
	} catch (cause) {
		const refusal = refusalOf(cause);
		if (!refusal) throw cause;
		const { status, message } = failureOf(refusal);
		if (status === 404) error(404, message);
		return fail(status, { problems: [{ field: refusal.field, message }] });
	}
}
