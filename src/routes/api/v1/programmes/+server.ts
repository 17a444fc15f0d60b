import { allowReading, answer } from '#lib/server/api/answer.ts';
import { answerProgrammes } from '#lib/server/api/read-programmes.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) => answer(event, answerProgrammes);

export const OPTIONS: RequestHandler = allowReading;
