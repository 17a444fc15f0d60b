import { error } from '@sveltejs/kit';

/** What the gate shows in the place of a page that is not open to the role of the person. */
export const load = () => error(403, 'Cette page ne vous est pas ouverte.');
