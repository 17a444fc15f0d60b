/** With attempts counted and slowed down, twelve characters are enough (CNIL, délibération 2022-100). */
export const SHORTEST_PASSWORD = 12;

/** argon2 works on all of it; a limit keeps a forged request from being the work. */
export const LONGEST_PASSWORD = 256;

const FEWEST_DIFFERENT_CHARACTERS = 5;

/** Rows of keyboards and of counting, there and back: a long walk along one is not a secret. */
const WALKS = [
	'azertyuiopqsdfghjklmwxcvbn',
	'qwertyuiopasdfghjklzxcvbnm',
	'qwertzuiopasdfghjklyxcvbnm',
	'abcdefghijklmnopqrstuvwxyz',
	'01234567890123456789'
];

/** What people take when twelve characters are asked of them, without capitals, digits and signs. */
const WEAK = new Set([
	'motdepasse',
	'monmotdepasse',
	'lemotdepasse',
	'motdepassemotdepasse',
	'motdepassesecret',
	'nouveaumotdepasse',
	'password',
	'passwordpassword',
	'mypassword',
	'thisisapassword',
	'passwort',
	'administrateur',
	'administratrice',
	'administrator',
	'administration',
	'adminadmin',
	'adminadminadmin',
	'changezmoi',
	'changeme',
	'changemenow',
	'changemeplease',
	'bienvenue',
	'bienvenuebienvenue',
	'welcome',
	'bonjourbonjour',
	'iloveyou',
	'jetaimejetaime',
	'letmein',
	'letmeinplease',
	'utilisateur',
	'anticonstitutionnellement',
	'correcthorsebatterystaple',
	'trustnoone',
	'football',
	'superman',
	'starwars',
	'marseille',
	'olympiquedemarseille',
	'dijonmetropole',
	'dijon',
	'actionlogement',
	'logementdabord',
	'directiondesfinances',
	'finances',
	'metropole',
	'collectivite',
	'tenudemonstration',
	'demonstration'
]);

/**
 * What is wrong with a new password, in a sentence, or null. No rule about capitals and digits: length
 * and not being guessed are what protects.
 */
export function findPasswordProblem(
	password: string,
	person: { email: string; name: string }
): string | null {
	const length = [...password].length;
	if (length < SHORTEST_PASSWORD) {
		return `Choisissez au moins ${SHORTEST_PASSWORD} caractères, par exemple quatre mots sans rapport.`;
	}
	if (length > LONGEST_PASSWORD) return `Choisissez au plus ${LONGEST_PASSWORD} caractères.`;
	const letters = lettersOf(password);
	if (new Set(password.toLowerCase()).size < FEWEST_DIFFERENT_CHARACTERS || isWalk(password)) {
		return 'Ce mot de passe suit un motif facile à deviner. Choisissez plutôt quatre mots sans rapport.';
	}
	if (WEAK.has(letters)) {
		return 'Ce mot de passe figure parmi les plus courants. Choisissez plutôt quatre mots sans rapport.';
	}
	if (namesOf(person).some((name) => letters.replaceAll(name, '').length < 4 && letters !== '')) {
		return 'Ce mot de passe reprend le nom ou l’adresse de la personne. Choisissez-en un autre.';
	}
	return null;
}

const lettersOf = (text: string): string =>
	text
		.normalize('NFD')
		.toLowerCase()
		.replaceAll(/[^a-z]/g, '');

const namesOf = ({ email, name }: { email: string; name: string }): string[] =>
	[email, email.split('@')[0] ?? '', name, ...name.split(/\s+/)]
		.map(lettersOf)
		.filter((part) => part.length >= 4);

/** Whether it consists of at most two stretches of a keyboard row or of counting. */
function isWalk(password: string): boolean {
	let rest = password.toLowerCase();
	for (let stretch = 0; stretch < 2; stretch++) rest = rest.slice(walkLength(rest));
	return rest.length < 3;
}

function walkLength(text: string): number {
	let length = 0;
	const ways = WALKS.flatMap((walk) => [walk, [...walk].reverse().join('')]);
	while (length < text.length && ways.some((way) => way.includes(text.slice(0, length + 1)))) {
		length++;
	}
	return length;
}
