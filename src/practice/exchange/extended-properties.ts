import * as z from 'zod/mini';
import type { Mail } from '../state.ts';
import { mailFaults } from './mail-faults.ts';

/** MAPI properties that Graph has no name for: learn.microsoft.com/graph/api/resources/extended-properties-overview */
const extendedProperties = z.array(z.object({ id: z.string(), value: z.string() }));
type ExtendedProperty = z.output<typeof extendedProperties>[number];

/** PidTagMessageClass, as Graph writes its id. */
const messageClass = 'String 0x1a';

/** Those of an ordinary mail, or of a mail of another class. */
export const ofClass = (value: string): ExtendedProperty[] => [{ id: messageClass, value }];

/** Every mail has a class; clients add what they like. */
export function extendedOf(mail: Pick<Mail, 'graph'>): ExtendedProperty[] {
  return extendedProperties.parse(mail.graph.singleValueExtendedProperties);
}

/** The mail's properties, with those written now in place of older ones of the same id. */
export function extendedWith(mail: Mail, written: readonly ExtendedProperty[]): ExtendedProperty[] {
  const own = written.map(({ id, value }) => ({ id: extendedId(id), value }));
  return [...extendedOf(mail).filter(({ id }) => !own.some((each) => each.id === id)), ...own];
}

/** `String 0x001A` and `String {guid} Name x` in the one form that two spellings have in common. */
export function extendedId(text: string): string {
  const [, type, tag] = /^\s*([A-Za-z]+)\s+0x([0-9a-f]{1,4})\s*$/i.exec(text) ?? [];
  if (type && tag) return `${capital(type)} 0x${Number.parseInt(tag, 16).toString(16)}`;
  const named = /^\s*([A-Za-z]+)\s+(\{[0-9a-f-]{36}\})\s+(Name|Id)\s+(\S.*?)\s*$/i.exec(text);
  if (!named) throw mailFaults.badExtendedProperty(text);
  const [, kind = '', guid = '', by = '', name = ''] = named;
  return `${capital(kind)} ${guid.toLowerCase()} ${capital(by)} ${name}`;
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();
