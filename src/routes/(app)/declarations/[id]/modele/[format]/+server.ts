import { error } from '@sveltejs/kit';
import { buildModel } from '#lib/domain/import-model.ts';
import { formatPeriod } from '#lib/domain/period.ts';
import { attachmentHeaders } from '#lib/server/http/attachment.ts';
import { readDraftPage } from '#lib/server/reports/declaration-draft.ts';
import type { RequestHandler } from './$types';

const MEDIA_TYPES: Record<string, string> = {
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
	csv: 'text/csv; charset=utf-8'
};

/** The table of a declaration to be filled in, with what its draft holds already. */
export const GET: RequestHandler = async ({ locals, params }) => {
	const mediaType = MEDIA_TYPES[params.format];
	const page = mediaType ? await readDraftPage(locals.context, params.id) : null;
	if (!mediaType || !page) error(404, 'Ce modèle n’existe pas.');
	const { declaration, shape, cells } = page;
	const period = formatPeriod({ startsOn: shape.periodStartsOn, endsOn: shape.periodEndsOn });
	const name = `${declaration.envelope} - ${period}`.replace(/[/\\:*?"<>|]/g, ' ').slice(0, 150);
	const model = buildModel(shape, cells);
	return new Response(await write(params.format, model, name), {
		headers: attachmentHeaders({ name: `${name}.${params.format}`, mediaType })
	});
};

/** Each is loaded when it is asked for the first time: a start does not wait for what writes workbooks. */
async function write(
	format: string,
	model: ReturnType<typeof buildModel>,
	name: string
): Promise<string | Blob> {
	if (format === 'csv') {
		const { writeCsv } = await import('#lib/server/spreadsheets/write-csv.ts');
		return writeCsv(model);
	}
	const { writeWorkbook } = await import('#lib/server/spreadsheets/write-workbook.ts');
	return new Blob([(await writeWorkbook(model, name)) as Uint8Array<ArrayBuffer>]);
}
