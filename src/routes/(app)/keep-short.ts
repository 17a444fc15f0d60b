import { redirect } from '@sveltejs/kit';
import { withoutEmpty } from '#lib/ui/layout/address.ts';

/** A form sends the fields left empty too: they have no place in an address to share. */
export function keepShort(url: URL): void {
	const short = withoutEmpty(url);
	if (short !== null) redirect(303, short);
}
