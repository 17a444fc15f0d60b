import { allowReading, answer } from '#lib/server/api/answer.ts';
import { answerEntries } from '#lib/server/api/read-entries.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) =>
	answer(event, (context, parameters) => answerEntries(context, parameters, event.params.id));

export const OPTIONS: RequestHandler = allowReading;
