import { escapeText } from '../../words/escape.ts';
import { tabsOf } from '../fields.ts';
import type { Format } from './format.ts';

export const xml: Format = {
  write(preferences) {
    const tabs = Object.entries(tabsOf(preferences)).map(([tab, values]) => {
      const elements = Object.entries(values).map(
        ([name, value]) => `    <${name}>${escapeText(value)}</${name}>\n`,
      );
      return `  <${tab}>\n${elements.join('')}  </${tab}>\n`;
    });
    return `<?xml version="1.0" encoding="UTF-8"?>\n<emailPreferences>\n${tabs.join('')}</emailPreferences>\n`;
  },
};
