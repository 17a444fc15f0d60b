/** The identifier that was given to a label. Throws where the label is unknown. */
export function idOf(identifiers: ReadonlyMap<string, string>, label: string): string {
	const id = identifiers.get(label);
	if (!id) throw new Error(`nothing is called « ${label} »`);
	return id;
}
