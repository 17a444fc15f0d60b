import { formatDay, type Day } from '#lib/domain/day.ts';
import { formatInstant } from '#lib/domain/instant.ts';
import { formatPeriod, type Period } from '#lib/domain/period.ts';
import type { Reminder } from '#lib/domain/reminder.ts';
import {
	finish,
	linkTo,
	quoted,
	type MailText,
	type NamedDeclaration,
	type Sender
} from '#lib/server/mail/mail-text.ts';

/** To who declares: what opens, is due soon, or is late. */
export function writeReminder(
	sender: Sender,
	{ kind, periods }: Reminder,
	{ envelope, programme }: { envelope: string; programme: string }
): MailText {
	const [asked] = periods;
	if (!asked) throw new Error('A reminder is of a period at least.');
	const period = formatPeriod(asked.period);
	const by = formatDay(asked.dueOn);
	const about = `Enveloppe : ${envelope} (${programme})`;
	const many = periods.length > 1;
	const subject = {
		opened: `À déclarer : ${period}, ${envelope}`,
		due_soon: `À transmettre d’ici au ${by} : ${period}, ${envelope}`,
		late: many
			? `${periods.length} déclarations en retard : ${envelope}`
			: `Déclaration en retard : ${period}, ${envelope}`
	}[kind];
	const asks = {
		opened: `La période ${quoted(period)} peut être déclarée : dites ce qui a été versé.`,
		due_soon: `La déclaration ${quoted(period)} ${standing(asked.state)}.`,
		late: many
			? `Ces déclarations étaient attendues et ne sont pas transmises :`
			: `La déclaration ${quoted(period)} était attendue le ${by} et ${standing(asked.state)}.`
	}[kind];
	return finish(sender, subject, [
		asks,
		...(many ? [listOf(periods)] : []),
		about,
		...(kind === 'late' ? [] : [`À transmettre au plus tard le ${by}.`]),
		`Déclarer : ${sender.origin}/declarations`,
		'Rien n’a été versé ? C’est aussi une déclaration : cochez « Rien à déclarer ».'
	]);
}

const listOf = (periods: Reminder['periods']): string =>
	periods
		.map(
			({ period, dueOn, state }) =>
				`- ${formatPeriod(period)}, attendue le ${formatDay(dueOn)}${state === 'returned' || state === 'reopened' ? ' (à corriger)' : ''}`
		)
		.join('\n');

function standing(state: Reminder['periods'][number]['state']): string {
	if (state === 'returned' || state === 'reopened') return 'est revenue : elle est à corriger';
	return state === 'draft' ? 'est commencée, pas encore transmise' : 'n’est pas encore transmise';
}

/** To finance, on Mondays. Null where nothing is late and nothing waits. */
export function writeSummary(
	sender: Sender,
	week: Day,
	{ late, waiting }: { late: LateDeclaration[]; waiting: WaitingDeclaration[] }
): MailText | null {
	if (late.length === 0 && waiting.length === 0) return null;
	const counted = [
		...(waiting.length > 0 ? [`${waiting.length} à examiner`] : []),
		...(late.length > 0 ? [`${late.length} en retard`] : [])
	];
	return finish(sender, `Déclarations : ${counted.join(', ')}`, [
		`Semaine du ${formatDay(week)}.`,
		...section(
			'À examiner',
			waiting.map(
				(one) =>
					`- ${one.organisation}, ${formatPeriod(one.period)}, ${one.envelope}, transmise le ${formatInstant(one.at)}\n  ${linkTo(sender, one)}`
			)
		),
		...section(
			'En retard',
			late.map(
				(one) =>
					`- ${one.organisation}, ${formatPeriod(one.period)}, ${one.envelope}, attendue le ${formatDay(one.dueOn)}`
			)
		),
		`Toutes les déclarations reçues : ${sender.origin}/declarations/recues`
	]);
}

/** What finance has not yet looked at, and since when. */
export type WaitingDeclaration = NamedDeclaration & { at: Date };

export type LateDeclaration = {
	organisation: string;
	envelope: string;
	period: Period;
	dueOn: Day;
};

const section = (title: string, lines: string[]): string[] =>
	lines.length === 0 ? [] : [`${title} :\n${lines.join('\n')}`];
