import type { Words } from './say.ts';

/** A page of Microsoft's portals, by its address or its name, or Microsoft's PowerShell. */
const placesAtMicrosoft =
  /https:\/\/(?:(?:entra|admin|admin\.exchange|security|myaccount)\.microsoft|portal\.azure|aka\.ms|status\.cloud\.microsoft)\b|\/adminconsent\b|\b(?:Entra admin center|App registrations|Enterprise applications|PowerShell)\b/;

/** Whether it sends someone to Microsoft, where nothing of a practice tenant is. */
export const leadsToMicrosoft = (text: Words | string): boolean => placesAtMicrosoft.test(String(text));
