import { error } from '@sveltejs/kit';
import { isFigureSlug } from '#lib/domain/figure.ts';
import { readFigure } from '#lib/server/reports/figure.ts';
import { keepShort } from '../../keep-short.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params, url }) => {
	if (!isFigureSlug(params.figure)) error(404, 'Ce chiffre n’existe pas.');
	keepShort(url);
	return readFigure(locals.context, params.figure, url.searchParams);
};
