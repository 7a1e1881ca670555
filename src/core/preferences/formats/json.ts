import type { Format } from './formats.ts';

/** The file that this tool reads back itself. */
export const json: Format = {
  extension: '.json',
  write: ({ version, component, connection, apiEndpoints }, clientSecret) => {
    const document = { version, component, connection: { ...connection, clientSecret }, apiEndpoints };
    return `${JSON.stringify(document, undefined, 2)}\n`;
  },
};
