import type { L10n } from '../../src/extension/customers/tree/words.ts';

/** VS Code's translator where the language is English. */
export const plainL10n: L10n = {
  language: 'en',
  core: String,
  t: (message, ...args) => message.replace(/\{(\d+)\}/g, (_, index) => String(args[Number(index)])),
};
