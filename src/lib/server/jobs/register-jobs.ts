/**
 * Every job of the application by its name, each loaded when it is done for the first time:
 * `registerJob('read-import', async (context, data) => (await import('…')).readImport(context, data))`.
 */
export function registerJobs(): void {
	// Mails and spreadsheets say here how they are done.
}
