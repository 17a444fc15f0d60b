/** A unit of money where it stands after a number. */
export type Currency = { end: number; unitCents: bigint };

const PREFIXES =
	'(?:(?<billions>mds?|mrds?|milliards?)|(?<millions>m|mio|millions?)|(?<thousands>k|milliers?|mille))';
const EURO = '(?:[€\\u0080](?:uros?(?![a-z]))?|(?:euros?|eur)(?![a-z]))';
const GAP = ' {0,3}(?:\\n {0,4})?';

const UNIT = new RegExp(`${GAP}(?:${PREFIXES}${GAP}(?:d ?'${GAP}|d |de )?)?${EURO}`, 'y');
const CENTIMES = new RegExp(`${GAP}(?:centimes?|cts)(?![a-z])(?: d ?'euros?(?![a-z]))?`, 'y');

/** `€`, `M€`, `k euros`, `millions d’euros`, `centimes`, where a number ends; null where no money is named. */
export function currencyAt(plain: string, at: number): Currency | null {
	UNIT.lastIndex = at;
	const found = UNIT.exec(plain);
	if (found) {
		const { billions, millions, thousands } = found.groups ?? {};
		const end = at + found[0].length;
		if (billions) return { end, unitCents: 100_000_000_000n };
		if (millions) return { end, unitCents: 100_000_000n };
		return { end, unitCents: thousands ? 100_000n : 100n };
	}
	CENTIMES.lastIndex = at;
	const centimes = CENTIMES.exec(plain);
	return centimes && { end: at + centimes[0].length, unitCents: 1n };
}

/** `12 € 50`, `12 euros et 50 centimes`, `12€50`: the centimes after a whole number of euro, and where they end. */
export function centimesAfter(plain: string, at: number): { end: number; centimes: bigint } | null {
	for (const pattern of AFTER_EUROS) {
		pattern.lastIndex = at;
		const found = pattern.exec(plain);
		if (!found) continue;
		const { digits = '' } = found.groups ?? {};
		return { end: at + found[0].length, centimes: BigInt(digits) };
	}
	return null;
}

const AFTER_EUROS = [
	/ ?(?:et )?(?<digits>\d{1,2}) ?(?:centimes?|cts)(?![a-z])/y,
	/(?<digits>\d{2})(?!\d|[%€]|[,.'/]\d| [a-z]{4,})/y,
	/ (?<digits>\d{2})(?= ?(?:$|\n|[;)]|[.,](?!\d)| (?:par|le|la|les|pour|et|ht|ttc|est|sera|sont|a|au|aux|de|du|des|dont|soit|sur|en|dans|\/) |\/))/y
];
