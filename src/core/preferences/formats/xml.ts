import { markup } from '../../words/escape.ts';
import { tabsOf } from '../fields.ts';
import type { Format } from './format.ts';

export const xml: Format = {
  write(preferences) {
    const tabs = Object.entries(tabsOf(preferences)).map(([tab, values]) => {
      const elements = Object.entries(values).map(
        ([name, value]) => markup`    <${name}>${value}</${name}>\n`,
      );
      return markup`  <${tab}>\n${elements}  </${tab}>\n`;
    });
    return markup`<?xml version="1.0" encoding="UTF-8"?>\n<emailPreferences>\n${tabs}</emailPreferences>\n`
      .text;
  },
};
