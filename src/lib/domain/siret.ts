/** The post office: its establishments are numbered in a way of their own. */
const LA_POSTE = '356000000';

/** Whether nine digits are the SIREN of somebody: their last is a check on the others (Luhn). */
export const isSiren = (text: string): boolean => /^\d{9}$/.test(text) && passesLuhn(text);

/** Whether fourteen digits are the SIRET of an establishment. Those of La Poste add up to a multiple of five. */
export function isSiret(text: string): boolean {
	if (!/^\d{14}$/.test(text) || !isSiren(text.slice(0, 9))) return false;
	if (passesLuhn(text)) return true;
	const sum = [...text].reduce((total, digit) => total + Number(digit), 0);
	return text.startsWith(LA_POSTE) && sum % 5 === 0;
}

/** From the right, every second digit doubled; the digits of all add up to a multiple of ten. */
function passesLuhn(digits: string): boolean {
	const sum = [...digits].reverse().reduce((total, digit, index) => {
		const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
		return total + (value > 9 ? value - 9 : value);
	}, 0);
	return sum % 10 === 0;
}
