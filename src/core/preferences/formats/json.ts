import type { Format } from './format.ts';

/** The file that this tool works with. */
export const json: Format = {
  write: (preferences) => `${JSON.stringify(preferences, undefined, 2)}\n`,
};
