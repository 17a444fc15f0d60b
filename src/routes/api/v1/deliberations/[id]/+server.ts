import { allowReading, answer } from '#lib/server/api/answer.ts';
import { answerDeliberation } from '#lib/server/api/read-deliberations.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) =>
	answer(event, (context, parameters) => answerDeliberation(context, parameters, event.params.id));

export const OPTIONS: RequestHandler = allowReading;
