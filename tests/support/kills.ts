/**
 * How often each program is killed in a run of all tests; `KILLS=50 npm test` does it as often as before a release.
 * A planted early answer is found with far fewer.
 */
export const KILLS = Number(process.env['KILLS'] ?? 15);
