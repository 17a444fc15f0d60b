/** Where what is wrong with a field is said. */
export const problemId = (key: string): string => `${key}-erreur`;
