import { allowReading, answer } from '#lib/server/api/answer.ts';
import { answerDeliberations } from '#lib/server/api/read-deliberations.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) => answer(event, answerDeliberations);

export const OPTIONS: RequestHandler = allowReading;
