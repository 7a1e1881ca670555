import type { Words } from './say.ts';

/** A page of Microsoft's portals in one of its clouds, by its address or its name, or Microsoft's PowerShell. */
const placesAtMicrosoft =
  /https:\/\/(?:(?:entra|admin|myaccount)\.microsoft|(?:portal|security|admin\.exchange)\.(?:microsoft|azure|office365|apps|partner)|partner\.outlook|aka\.ms|status\.cloud)\b|\/adminconsent\b|\b(?:admin center|App registrations|Enterprise applications|Azure portal|PowerShell)\b/;

/** Whether it sends someone to Microsoft, where nothing of a practice tenant is. */
export const leadsToMicrosoft = (text: Words | string): boolean => placesAtMicrosoft.test(String(text));
