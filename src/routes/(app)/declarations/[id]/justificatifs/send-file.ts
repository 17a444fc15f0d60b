import { deserialize } from '$app/forms';

/** How a file was received: attached, there already, or why not. */
export type Sent = { outcome: 'attached' | 'known' } | { outcome: 'refused'; message: string };

type Problems = { refused?: { message: string }[] };

const BROKEN_OFF = 'L’envoi s’est interrompu. Vérifiez la connexion, puis recommencez.';

/**
 * Sends one file to the action of the form, and says how far it is. Not with fetch, which does not tell how much
 * of a request has gone. Rejects when it is called off.
 */
export function sendFile(
	action: string,
	file: File,
	rowKey: string,
	options: { signal: AbortSignal; onProgress: (share: number) => void }
): Promise<Sent> {
	const { signal, onProgress } = options;
	const body = new FormData();
	body.append('ligne', rowKey);
	body.append('fichier', file);
	return new Promise((resolve, reject) => {
		const request = new XMLHttpRequest();
		request.open('POST', action);
		request.setRequestHeader('accept', 'application/json');
		request.setRequestHeader('x-sveltekit-action', 'true');
		request.upload.addEventListener('progress', ({ loaded, total }) =>
			onProgress(total > 0 ? loaded / total : 0)
		);
		request.addEventListener('load', () => resolve(read(request.responseText)));
		request.addEventListener('error', () => resolve({ outcome: 'refused', message: BROKEN_OFF }));
		request.addEventListener('abort', () => reject(new DOMException('called off', 'AbortError')));
		signal.addEventListener('abort', () => request.abort());
		request.send(body);
	});
}

function read(text: string): Sent {
	try {
		const answer = deserialize<Record<string, unknown>, Problems>(text);
		if (answer.type === 'redirect') {
			// To anywhere else: to the sign-in page, when the session has ended.
			if (!answer.location.includes('/justificatifs')) return refuse(SIGNED_OUT);
			return { outcome: /[?&]joints=1\b/.test(answer.location) ? 'attached' : 'known' };
		}
		if (answer.type === 'failure') return refuse(answer.data?.refused?.[0]?.message);
		if (answer.type === 'error') return refuse((answer.error as { message?: string }).message);
	} catch {
		// Not an answer of ours: a proxy’s, perhaps.
	}
	return refuse(BROKEN_OFF);
}

const SIGNED_OUT =
	'Votre session a pris fin. Rechargez la page, reconnectez-vous, puis recommencez.';

const refuse = (message = BROKEN_OFF): Sent => ({ outcome: 'refused', message });
