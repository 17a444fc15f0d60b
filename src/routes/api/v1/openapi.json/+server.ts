import { allowReading, json } from '#lib/server/api/answer.ts';
import { apiDocument } from '#lib/server/api/document.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = () =>
	json(apiDocument, { 'cache-control': 'public, max-age=300' });

export const OPTIONS: RequestHandler = allowReading;
