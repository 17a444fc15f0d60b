/** Whether it is the code of a commune as INSEE gives it: `21231`, `2A004`. */
export const isCommuneCode = (code: string): boolean => /^(?:\d{5}|2[AB]\d{3})$/.test(code);
