import { application } from '#lib/server/application.ts';
import { atTheDoor } from '#lib/server/db/transaction.ts';
import { findSettings } from '#lib/server/settings/queries.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async () => {
	const { authorityName, contactEmail } = await atTheDoor(application().db, findSettings);
	return { authorityName, contactEmail };
};
