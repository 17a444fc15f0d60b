import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '#lib/server/config.ts';
import { writeReminders, writeSummaries } from '#lib/server/mail/write-reminders.ts';
import { openDesk, type DeclaredEnvelope, type Desk } from '../../support/declarations.ts';

let desk: Desk;
let envelope: DeclaredEnvelope;
let sent: string;

beforeAll(async () => {
	desk = await openDesk();
	// Each quarter of 2022, due 45 days after its end.
	envelope = await desk.envelope({
		label: 'Aides aux salariés',
		promised: '9 000,00',
		measures: ['Prêts'],
		startsOn: '2022-01-01'
	});
});
afterAll(() => desk.close());

const config = readConfig({ ORIGIN: 'https://tenu.exemple.fr' });
const at = (day: string) => ({ db: desk.db, config, at: new Date(`${day}T05:00:00Z`) });

/** The outbox since the last look: cause, reader and subject. */
async function looked(): Promise<string[]> {
	const { rows } = await desk.owner.query<{ line: string }>(
		`select replace(replace(m.cause, $1, 'E'), chr(160), ' ') || ' → ' || u.name || ': ' || replace(m.subject, chr(160), ' ') as line
		from mails m join users u on u.id = m.recipient_id where m.sent_at is null order by 1`,
		[envelope.id]
	);
	await desk.owner.query('update mails set sent_at = now()');
	return rows.map(({ line }) => line);
}

describe('day after day', () => {
	it('reminds who declares, once an occasion, whatever the hour and however often', async () => {
		expect(await writeReminders(at('2022-03-30'))).toBe(0);
		await Promise.all([writeReminders(at('2022-03-31')), writeReminders(at('2022-03-31'))]);
		await writeReminders(at('2022-04-01'));
		expect(await looked()).toEqual([
			'opened:E:2022-01-01 → Claude Collègue: À déclarer : 1er trimestre 2022, Aides aux salariés',
			'opened:E:2022-01-01 → Dominique Déclarante: À déclarer : 1er trimestre 2022, Aides aux salariés'
		]);
	});

	it('leaves in peace who refused this kind, and who left', async () => {
		const { colleague, declarant } = desk.people;
		await desk.owner.query("insert into mail_refusals values ($1, 'due_soon')", [
			colleague.actor.id
		]);
		await writeReminders(at('2022-05-10'));
		expect(await looked()).toEqual([
			'due_soon:E:2022-01-01 → Dominique Déclarante: À transmettre d’ici au 15 mai 2022 : 1er trimestre 2022, Aides aux salariés'
		]);
		await desk.owner.query('update users set deactivated_at = now() where id = $1', [
			declarant.actor.id
		]);
		await writeReminders(at('2022-05-16'));
		await desk.owner.query('update users set deactivated_at = null');
		expect(await looked()).toEqual([
			'late:E:2022-05-16 → Claude Collègue: Déclaration en retard : 1er trimestre 2022, Aides aux salariés'
		]);
	});

	it('tells finance on Mondays what is late and what waits, once a week', async () => {
		await writeSummaries(at('2022-05-16'));
		await writeSummaries(at('2022-05-18'));
		const [first] = await looked();
		expect(first).toBe('weekly:2022-05-16 → Camille Finances: Déclarations : 1 en retard');
		sent = await envelope.send('2022-01-01', 'Prêts: 10,00');
		await desk.owner.query('alter table declarations disable trigger user');
		await desk.owner.query("update declarations set submitted_at = '2022-05-20T08:00:00Z'");
		await desk.owner.query('alter table declarations enable trigger user');
		await writeSummaries(at('2022-05-23'));
		const { rows } = await desk.owner.query<{ body: string }>(
			"select body from mails where cause = 'weekly:2022-05-23' limit 1"
		);
		expect(rows[0]?.body.replaceAll('\u00a0', ' ')).toBe(`Bonjour,

Semaine du 23 mai 2022.

À examiner :
- Action Logement, 1er trimestre 2022, Aides aux salariés, transmise le 20 mai 2022 à 10 h 00
  https://tenu.exemple.fr/declarations/${sent}

Toutes les déclarations reçues : https://tenu.exemple.fr/declarations/recues

-- 
Courriel envoyé par tenu, sans adresse de réponse.
Choisir ce que vous recevez : https://tenu.exemple.fr/compte#courriels
`);
	});

	it('is silent when nothing is late and nothing waits', async () => {
		await looked();
		await desk.accept(sent);
		expect(await writeSummaries(at('2022-05-30'))).toBe(0);
		expect(await writeReminders(at('2022-05-30'))).toBe(0);
	});

	it('lives in a demonstration on the day its pages open on, and says what it is', async () => {
		await desk.owner.query("update settings set demonstration = true, opens_on = '2022-06-30'");
		await writeReminders(at('2026-11-21'));
		await writeReminders(at('2026-11-22'));
		expect(await looked()).toEqual([
			'opened:E:2022-04-01 → Claude Collègue: [démonstration] À déclarer : 2e trimestre 2022, Aides aux salariés',
			'opened:E:2022-04-01 → Dominique Déclarante: [démonstration] À déclarer : 2e trimestre 2022, Aides aux salariés'
		]);
		await desk.owner.query('update settings set demonstration = false, opens_on = null');
	});
});
