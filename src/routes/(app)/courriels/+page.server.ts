import { parseMailQuery } from '#lib/domain/mail.ts';
import { application } from '#lib/server/application.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import { listMails } from '#lib/server/mail/queries.ts';
import { keepShort } from '../keep-short.ts';
import type { PageServerLoad } from './$types';

const PAGE_SIZE = 50;

export const load: PageServerLoad = async ({ locals, url }) => {
	keepShort(url);
	const { query, notes } = parseMailQuery(url.searchParams);
	const mails = await inTransaction(locals.context, (tx) => listMails(tx, query, PAGE_SIZE + 1));
	const page = mails.slice(0, PAGE_SIZE);
	const { smtpUrl, mailFrom } = application().config;
	return {
		query,
		notes,
		mails: page,
		next: mails.length > PAGE_SIZE ? (page.at(-1)?.id ?? null) : null,
		from: smtpUrl === null ? null : mailFrom
	};
};
