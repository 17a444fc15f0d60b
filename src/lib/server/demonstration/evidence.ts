import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';
import PDFDocument from 'pdfkit';
import { LARGEST_EVIDENCE_BYTES } from '#lib/domain/evidence.ts';
import { recogniseEvidence } from '#lib/server/evidence/recognise.ts';
import type { FileStore } from '#lib/server/evidence/file-store.ts';

/** An invented file, as it is attached to declarations. */
export type InventedFile = { digest: string; sizeBytes: number; name: string; mediaType: string };

type Sheet = { name: string; title: string; lines: readonly string[] };

/** Letters that an organisation would write; what they say is in the declarations. */
const SHEETS: Readonly<Record<string, Sheet>> = {
	'aids-2021-q3': {
		name: 'etat-3e-trimestre-2021-fictif.pdf',
		title: 'État des aides versées, 3e trimestre 2021',
		lines: ['Émetteur : Action Logement Services.', 'Territoire : Dijon Métropole.']
	},
	'aids-2021-q4': {
		name: 'etat-4e-trimestre-2021-fictif.pdf',
		title: 'État des aides versées, 4e trimestre 2021',
		lines: ['Émetteur : Action Logement Services.', 'Territoire : Dijon Métropole.']
	},
	'analysis-2021': {
		name: 'analyse-partagee-2021-fictive.pdf',
		title: 'Analyse partagée des besoins en logement, 2021',
		lines: ['Émetteur : Action Logement Services.', 'Territoire : Dijon Métropole.']
	},
	'operations-2022-01': {
		name: 'avis-de-versement-janvier-2022-fictif.pdf',
		title: 'Avis de versement aux bailleurs, janvier 2022',
		lines: ['Opérations : L’Alouette, Le Clos des Tilleuls.']
	},
	'operations-2022-02': {
		name: 'avis-de-versement-fevrier-2022-fictif.pdf',
		title: 'Avis de versement aux bailleurs, février 2022',
		lines: ['Opérations : Les Terrasses du Levant, La Closerie, Les Vendanges.']
	},
	'operations-2022-03': {
		name: 'avis-de-versement-mars-2022-fictif.pdf',
		title: 'Avis de versement aux bailleurs, mars 2022',
		lines: ['Opérations : Les Érables, Le Grand Cèdre, Les Magnolias.']
	},
	'operations-2022-04': {
		name: 'avis-de-versement-avril-2022-fictif.pdf',
		title: 'Avis de versement aux bailleurs, avril 2022',
		lines: ['Opérations : La Closerie, Le Pré Saint-Éloi.']
	},
	'notice-2022-05': {
		name: 'avis-terrasses-du-levant-fictif.pdf',
		title: 'Avis de versement, Les Terrasses du Levant',
		lines: ['Bailleur E (fictif), mai 2022.', 'Montant : 136 150,44 €.']
	},
	'notice-state-2022': {
		name: 'avis-etat-2022-fictif.pdf',
		title: 'Avis de versement de l’État, Logement d’abord 2022',
		lines: ['Premier versement : 247 000,00 €.']
	}
};

/** A list without amounts: what was granted, by measure. */
const TABLE = {
	key: 'aids-2022-q1',
	name: 'etat-1er-trimestre-2022-fictif.csv',
	rows: [
		['Mesure', 'État'],
		['Accession et travaux', 'conforme (fictif)'],
		['Sécurisation locative', 'conforme (fictif)'],
		['Mobilité', 'conforme (fictif)'],
		['Salariés en difficulté', 'conforme (fictif)']
	]
};

/** Keeps the invented files where those of partners are kept, by the name that declarations call them. */
export async function keepInventedFiles(
	store: FileStore
): Promise<ReadonlyMap<string, InventedFile>> {
	const table = Buffer.from(`\uFEFF${stringify(TABLE.rows, { delimiter: ';' })}`);
	const contents = [
		{ key: TABLE.key, name: TABLE.name, content: Promise.resolve(table) },
		...Object.entries(SHEETS).map(([key, sheet]) => ({
			key,
			name: sheet.name,
			content: printSheet(sheet)
		}))
	];
	return new Map(
		await Promise.all(
			contents.map(async ({ key, name, content }) => {
				let mediaType = '';
				const { digest, sizeBytes } = await store.keepFile(Readable.from([await content]), {
					limitBytes: LARGEST_EVIDENCE_BYTES,
					inspect: async (file) => void (mediaType = await recogniseEvidence(file, name))
				});
				return [key, { digest, sizeBytes, name, mediaType }] as const;
			})
		)
	);
}

/** One page, the same bytes each time: every demonstration is alike. */
function printSheet({ title, lines }: Sheet): Promise<Buffer> {
	const page = new PDFDocument({
		size: 'A4',
		margin: 72,
		lang: 'fr-FR',
		info: { Title: `${title} (fictif)`, CreationDate: new Date('2022-06-30T09:00:00Z') }
	});
	const chunks: Buffer[] = [];
	const finished = new Promise<Buffer>((resolve, reject) => {
		page.on('data', (chunk: Buffer) => chunks.push(chunk));
		page.on('end', () => resolve(Buffer.concat(chunks)));
		page.on('error', reject);
	});
	page.fontSize(22).text('DOCUMENT FICTIF').moveDown();
	page.fontSize(15).text(title).moveDown();
	page.fontSize(11);
	for (const line of lines) page.text(line);
	page.moveDown().text('Cette pièce a été inventée pour la démonstration de tenu.');
	page.end();
	return finished;
}
