/** For options that may be repeated. */
export const collect = (value: string, earlier: readonly string[] = []): string[] => [...earlier, value];
