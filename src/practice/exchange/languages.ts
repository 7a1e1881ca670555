import type { Folder, Language } from '../state.ts';

interface Words {
  readonly folders: Readonly<Record<Folder, string>>;
  /** What the subject of a non-delivery report begins with. */
  readonly undeliverable: string;
  readonly notFound: (address: string) => string;
}

/**
 * What Exchange writes in a mailbox's own language. Reports follow the language too: Set-TransportConfig,
 * InternalDsnLanguageDetectionEnabled. The diagnostics behind them stay English.
 */
export const languages: Readonly<Record<Language, Words>> = {
  en: {
    folders: folders('Inbox', 'Drafts', 'Sent Items', 'Junk Email', 'Deleted Items', 'Outbox', 'Archive'),
    undeliverable: 'Undeliverable: ',
    notFound: (address) => `Your message to ${address} couldn't be delivered. ${address} wasn't found.`,
  },
  de: {
    folders: folders(
      ...(['Posteingang', 'Entwürfe', 'Gesendete Elemente', 'Junk-E-Mail'] as const),
      ...(['Gelöschte Elemente', 'Postausgang', 'Archiv'] as const),
    ),
    undeliverable: 'Unzustellbar: ',
    notFound: (address) =>
      `Ihre Nachricht an ${address} konnte nicht zugestellt werden. ${address} wurde nicht gefunden.`,
  },
  fr: {
    folders: folders(
      ...(['Boîte de réception', 'Brouillons', 'Éléments envoyés', 'Courrier indésirable'] as const),
      ...(['Éléments supprimés', "Boîte d'envoi", 'Archive'] as const),
    ),
    undeliverable: 'Non remis : ',
    notFound: (address) => `Votre message à ${address} n'a pas pu être remis. ${address} est introuvable.`,
  },
  it: {
    folders: folders(
      ...(['Posta in arrivo', 'Bozze', 'Posta inviata', 'Posta indesiderata'] as const),
      ...(['Posta eliminata', 'Posta in uscita', 'Archivio'] as const),
    ),
    undeliverable: 'Non recapitabile: ',
    notFound: (address) =>
      `Non è stato possibile recapitare il messaggio a ${address}. ${address} non è stato trovato.`,
  },
  es: {
    folders: folders(
      ...(['Bandeja de entrada', 'Borradores', 'Elementos enviados', 'Correo no deseado'] as const),
      ...(['Elementos eliminados', 'Bandeja de salida', 'Archivo'] as const),
    ),
    undeliverable: 'No se puede entregar: ',
    notFound: (address) => `No se pudo entregar el mensaje a ${address}. No se encontró ${address}.`,
  },
};

function folders(
  inbox: string,
  drafts: string,
  sentitems: string,
  junkemail: string,
  deleteditems: string,
  outbox: string,
  archive: string,
): Words['folders'] {
  return { inbox, drafts, sentitems, junkemail, deleteditems, outbox, archive };
}
