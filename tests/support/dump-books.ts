import pg from 'pg';

/** Everything that an act becomes, table by table. */
const TABLES = [
	'organisations',
	'deliberations',
	'decisions',
	'citations',
	'programmes',
	'agreements',
	'envelopes',
	'measures',
	'instalments',
	'entries',
	'indicators',
	'observations',
	'undertakings',
	'districts',
	'programme_districts',
	'envelope_balances',
	'month_totals'
];

/** What two books may differ in: instants, and what is made of chance. */
const LEFT_OUT = ['id', 'entered_at', 'recorded_at', 'validated_at'];

/**
 * The books as text, row by row, so that two of them can be compared: identifiers are replaced by
 * what their row is called, instants are left out, and rows are in an order of their own.
 */
export async function dumpBooks(
	connection: pg.ClientConfig,
	leftOut: readonly string[] = []
): Promise<Record<string, string[]>> {
	const client = new pg.Client(connection);
	await client.connect();
	try {
		const tables = new Map<string, Record<string, unknown>[]>();
		for (const table of TABLES) {
			const { rows } = await client.query<Record<string, unknown>>(
				`select to_jsonb(t) as row from ${table} t`
			);
			tables.set(
				table,
				rows.map(({ row }) => row as Record<string, unknown>)
			);
		}
		const names = new Map(
			[...tables].flatMap(([table, rows]) =>
				rows.map((row) => [row['id'], `${table} ${nameOf(row)}`])
			)
		);
		return Object.fromEntries(
			[...tables].map(([table, rows]) => [
				table,
				rows.map((row) => describe(row, names, [...LEFT_OUT, ...leftOut])).sort()
			])
		);
	} finally {
		await client.end();
	}
}

const nameOf = (row: Record<string, unknown>): string =>
	[row['text_digest'], row['name'], row['title'], row['label'], row['start_offset'], row['kind']]
		.filter((part) => part !== undefined)
		.join(' ');

function describe(
	row: Record<string, unknown>,
	names: ReadonlyMap<unknown, string>,
	leftOut: readonly string[]
): string {
	return Object.entries(row)
		.filter(([column]) => !leftOut.includes(column))
		.sort(([left], [right]) => (left < right ? -1 : 1))
		.map(
			([column, value]) =>
				`${column}: ${(typeof value === 'string' ? names.get(value) : null) ?? JSON.stringify(value)}`
		)
		.join(', ');
}
