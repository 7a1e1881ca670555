import { notPlayed } from '../graph/not-played.ts';
import type { Json, Mail } from '../state.ts';
import { attachmentJson } from './attachments.ts';
import { extendedId, extendedOf } from './extended-properties.ts';
import { mailFaults } from './mail-faults.ts';
import { readAttachmentSelect } from './select.ts';

/** What `$expand` brings along with a message. */
export interface ExpandedMessage {
  /** As Graph spells them. */
  readonly names: readonly string[];
  of(mail: Mail): Json;
}

type Part = readonly [name: string, of: ExpandedMessage['of']];

const part = /\s*(\w+)\s*(?:\(((?:'(?:[^']|'')*'|[^()'])*)\))?\s*(?:,|$)/y;

/** `attachments($select=name),singleValueExtendedProperties($filter=id eq 'String 0x001A')`; anything else is refused. */
export function readExpand(text: string | undefined): ExpandedMessage {
  if (text === undefined) return { names: [], of: () => ({}) };
  const parts: Part[] = [];
  const pattern = new RegExp(part);
  while (pattern.lastIndex < text.length) {
    const found = pattern.exec(text);
    if (!found) throw mailFaults.badQuery(`The expand clause '${text}' is not supported.`);
    const [, name = '', options] = found;
    parts.push(readPart(name.toLowerCase(), options?.trim() ?? ''));
  }
  return {
    names: parts.map(([name]) => name),
    of: (mail) => Object.assign({}, ...parts.map(([, of]) => of(mail))),
  };
}

function readPart(name: string, options: string): Part {
  if (name === 'attachments') {
    const [, names] = /^(?:\$?select=([\w\s,]+))?$/i.exec(options) ?? refuse(name, options);
    const select = readAttachmentSelect(names);
    return [
      'attachments',
      ({ attachments }) => ({ attachments: attachments.map((each) => attachmentJson(each, select)) }),
    ];
  }
  if (name !== 'singlevalueextendedproperties') return refuse(name, options);
  const [, quoted = ''] =
    /^\$?filter=\s*id\s+eq\s+'((?:[^']|'')*)'\s*$/i.exec(options) ?? refuse(name, options);
  const wanted = extendedId(quoted.replaceAll("''", "'"));
  const property = 'singleValueExtendedProperties';
  return [
    property,
    (mail) => {
      const found = extendedOf(mail).filter(({ id }) => id === wanted);
      return found.length > 0 ? { [property]: found } : {};
    },
  ];
}

function refuse(name: string, options: string): never {
  throw notPlayed(`the expand clause '${name}(${options})'`);
}
