import { allowReading, answer } from '#lib/server/api/answer.ts';
import { answerProgramme } from '#lib/server/api/read-programmes.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) =>
	answer(event, (context, parameters) => answerProgramme(context, parameters, event.params.slug));

export const OPTIONS: RequestHandler = allowReading;
