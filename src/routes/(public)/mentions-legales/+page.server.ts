import { application } from '#lib/server/application.ts';
import { atTheDoor } from '#lib/server/db/transaction.ts';
import { findSettings } from '#lib/server/settings/queries.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async () => {
	const settings = await atTheDoor(application().db, findSettings);
	const { authorityName, authoritySiren, publicationDirector, hostName, contactEmail } = settings;
	return { authorityName, authoritySiren, publicationDirector, hostName, contactEmail };
};
