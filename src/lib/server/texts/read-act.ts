import { readFile } from 'node:fs/promises';
import { buildProposals } from '#lib/domain/act/desk/build-proposals.ts';
import { decodeText } from '#lib/domain/act/decode-text.ts';
import { MOST_PROPOSALS, takeText, tooManyValues } from '#lib/domain/act/given-text.ts';
import { signatureOf, type Signature } from '#lib/domain/act/likeness.ts';
import type { Proposal } from '#lib/domain/act/desk/proposal.ts';
import { readDeliberation } from '#lib/domain/act/read-deliberation.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { readDocx } from './docx.ts';
import { isDamaged, isEmpty, refuseText } from './limits.ts';
import { readOdt } from './odt.ts';
import { readPdf } from './pdf.ts';
import type { TextKind } from './recognise-text.ts';

/** What the thread is told: a file, or a text that was pasted. */
export type ActOrder = { path: string; kind: TextKind } | { text: string };

/** An act as it was given, with what was read in it. */
export type ReadAct = {
	text: string;
	/** Characters that could not be kept and stand as �. */
	lost: number;
	/** Pages of a PDF without text, from 1. */
	blankPages: number[];
	proposals: Proposal[];
	signature: Signature;
};

/** Reads and understands an act: what the thread does, and what is done here with a short text. */
export async function readAct(order: ActOrder): Promise<ReadAct> {
	if ('text' in order) return understand(order.text, 'texte');
	const { text, blankPages } = await extract(order);
	if (text.trim() === '') throw isEmpty();
	return { ...understand(text, 'fichier'), blankPages };
}

/** What is wrong with a text is said of the field that it came in. */
function understand(given: string, field: string): ReadAct {
	try {
		const { text, lost } = takeText(given);
		const proposals = buildProposals(text, readDeliberation(text));
		if (proposals.length > MOST_PROPOSALS) throw tooManyValues();
		return { text, lost, blankPages: [], proposals, signature: signatureOf(text) };
	} catch (error) {
		throw error instanceof Refusal ? new Refusal(error.message, { field }) : error;
	}
}

/** A library falls in ways of its own on a file that is not what it should be. */
async function extract({ path, kind }: { path: string; kind: TextKind }) {
	try {
		if (kind === 'pdf') return await readPdf(path);
		const read = { docx: readDocx, odt: readOdt, txt: readPlain }[kind];
		return { text: await read(path), blankPages: [] };
	} catch (error) {
		throw error instanceof Refusal ? error : isDamaged();
	}
}

async function readPlain(path: string): Promise<string> {
	const text = decodeText(await readFile(path));
	if (text !== '') return text;
	throw refuseText(
		'Ce fichier n’est pas du texte. Donnez la délibération en .txt, .docx, .odt ou .pdf, ou collez son texte.'
	);
}
