import { jsonText } from '../../json.ts';
import type { Format } from './format.ts';

/** The file that this tool works with. */
export const json: Format = {
  write: (preferences) => `${jsonText(preferences)}\n`,
};
