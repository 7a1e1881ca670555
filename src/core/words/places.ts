import { rehearsal } from './faces.ts';
import { say, type Words } from './say.ts';

/** A page of Microsoft's portals in one of its clouds, by its address or its name, or Microsoft's PowerShell. */
const placesAtMicrosoft = new RegExp(
  [
    /https:\/\/(?:(?:entra|admin|admin\.exchange|security|myaccount)\.microsoft|portal\.(?:azure|office365|apps|partner)|aka\.ms|status\.cloud\.microsoft)\b/,
    /https:\/\/(?:(?:admin\.exchange|security)\.(?:office365|apps)|partner\.outlook\.cn)\b/,
    /\/adminconsent\b|\b(?:[Aa]dmin center|App registrations|Enterprise applications|Azure portal|PowerShell)\b/,
  ]
    .map(({ source }) => source)
    .join('|'),
);

/** Whether it sends someone to Microsoft, where nothing of a practice tenant is. */
export const leadsToMicrosoft = (text: Words | string): boolean => placesAtMicrosoft.test(String(text));

/** What is advised in a rehearsal: where it sends someone to Microsoft, it says that nothing of it is there. */
export const inRehearsal = (words: Words): Words =>
  leadsToMicrosoft(words) ? say`${words} ${rehearsal}` : words;
