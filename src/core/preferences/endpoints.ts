import { type Cloud, clouds } from '../cloud/clouds.ts';
import { nearestName } from '../files/nearest-name.ts';
import { say, type Words } from '../words/say.ts';
import type { ApiEndpoints, PastedPreferences } from './preferences.ts';
import { endpointsOfOtherCloud, type OddEndpoint, strangeEndpoint } from './preferences-failures.ts';

/**
 * T&A's API Endpoints tab for one cloud; only the hosts differ between clouds. T&A's article gives the five that are
 * relative to the letter. Of the three with a host its public copies have lost the host, so those are as Microsoft
 * documents them, and T&A may write them a little otherwise.
 */
export function endpointsOf(cloud: Cloud): ApiEndpoints {
  return {
    tokenEndpoint: `${cloud.login}/{TenantId}/oauth2/v2.0/token`,
    defaultScope: cloud.graphScope,
    graphApiEndpoint: `${cloud.graph}/v1.0`,
    userEndpoint: '/users/{UserPrincipalName}',
    userMessagesEndpoint: '/users/{UserPrincipalId}/messages',
    draftUserMessageEndpoint: '/{DraftMessageId}/send',
    draftAddAttachmentEndpoint: '/{DraftMessageId}/attachments',
    createUploadSessionEndpoint:
      '/users/{UserPrincipalId}/messages/{DraftMessageId}/attachments/createuploadsession',
  };
}

/** The fields of the tab in T&A's order, and the names it shows. */
export const endpointLabels = [
  ['tokenEndpoint', 'Token Endpoint'],
  ['defaultScope', 'Default Scope'],
  ['graphApiEndpoint', 'Graph API Endpoint'],
  ['userEndpoint', 'User Endpoint'],
  ['userMessagesEndpoint', 'User Messages Endpoint'],
  ['draftUserMessageEndpoint', 'Draft User Message Endpoint'],
  ['draftAddAttachmentEndpoint', 'Draft Add Attachment Endpoint'],
  ['createUploadSessionEndpoint', 'Create Upload Session Endpoint'],
] as const satisfies readonly (readonly [keyof ApiEndpoints, string])[];

/**
 * The cloud whose endpoints these are. A secret goes where they point, so a file is not trusted on it: every one must be
 * the same as T&A's for one cloud, and requests go where our text for that cloud points. Throws a Failure that names the
 * first field that is not, or both clouds where it is another one than `wanted`.
 */
export function cloudOf(endpoints: SomeEndpoints, wanted?: Cloud): Cloud {
  const cloud = nearestCloud(endpoints);
  const [odd] = strayEndpoints(endpoints, cloud);
  if (odd) throw strangeEndpoint(odd);
  if (wanted && strayEndpoints(endpoints, wanted).length > 0) throw endpointsOfOtherCloud(cloud, wanted);
  return wanted ?? cloud;
}

type SomeEndpoints = PastedPreferences['apiEndpoints'];

/**
 * Those that are not T&A's text for a cloud; unless told, for the one that they are most like. Missing ones do not count. All of another
 * cloud are one difference: then the cloud is what differs.
 */
export function oddEndpoints(found: SomeEndpoints, cloud?: Cloud): OddEndpoint[] {
  const nearest = nearestCloud(found);
  const odd = strayEndpoints(found, cloud ?? nearest);
  if (odd.length === 0 || strayEndpoints(found, nearest).length > 0 || !cloud) return odd;
  const those = ({ label }: Cloud): Words => say`those of ${label}`;
  return [{ label: 'API Endpoints', expected: those(cloud), found: those(nearest) }];
}

function strayEndpoints(found: SomeEndpoints, cloud: Cloud): OddEndpoint[] {
  const wanted = endpointsOf(cloud);
  return endpointLabels.flatMap(([field, label]) => {
    const text = found[field];
    if (text === undefined || isSame(text, wanted[field], cloud)) return [];
    const fault = placeholderFault(text, wanted[field]);
    return [{ label, expected: wanted[field], found: text, ...(fault && { fault }) }];
  });
}

/** Whether it is T&A's text for the field of this name, in some cloud. */
export const isKnownEndpoint = (label: string, text: string): boolean =>
  Object.values(clouds).some((cloud) =>
    endpointLabels.some(([field, name]) => name === label && isSame(text, endpointsOf(cloud)[field], cloud)),
  );

/** The cloud that endpoints are most like. */
export function nearestCloud(endpoints: SomeEndpoints): Cloud {
  const hits = (cloud: Cloud): number => {
    const wanted = endpointsOf(cloud);
    return endpointLabels.filter(([field]) => isSame(endpoints[field] ?? '', wanted[field], cloud)).length;
  };
  return Object.values(clouds).reduce((best, other) => (hits(other) > hits(best) ? other : best));
}

/** What is spelt otherwise than here and means the same at Microsoft, a sentence each: whether T&A can use it, only T&A shows. */
export function endpointNotes(found: SomeEndpoints): Words[] {
  const cloud = nearestCloud(found);
  const wanted = endpointsOf(cloud);
  return endpointLabels.flatMap(([field, label]) => {
    const text = found[field];
    if (text === undefined || text === wanted[field] || !isSame(text, wanted[field], cloud)) return [];
    return [
      say`${label} is "${text}", not "${wanted[field]}". Microsoft takes both. If T&A came with it, leave it as it is.`,
    ];
  });
}

const isSame = (found: string, wanted: string, cloud: Cloud): boolean =>
  found === wanted || plainForm(found, cloud) === plainForm(wanted, cloud);

/** Without what makes no difference: slashes at the ends and doubled ones, case, another name of the login host, the version of Graph. */
function plainForm(text: string, { login, loginAliases, graph }: Cloud): string {
  const [, host = '', path = text] = /^https:\/\/([a-z0-9.-]+)((?:\/.*)?)$/i.exec(text) ?? [];
  const name = host.toLowerCase();
  const origin = loginAliases.includes(name) ? new URL(login).hostname : name;
  // What T&A fills in keeps its case, because T&A finds it by its name.
  const rest = path
    .replace(/\{[^{}]*\}|[^{}]+/g, (part) => (part.startsWith('{') ? part : part.toLowerCase()))
    .replace(/\/{2,}/g, '/')
    .replace(/^\/|\/$/g, '');
  return `${origin} ${rest === '' && origin === new URL(graph).hostname ? 'v1.0' : rest}`;
}

/**
 * What is wrong with the placeholders of a template, in words; `undefined` where all that `expected` has are there, each
 * once. Braces and all: `{TenantId}`.
 */
export function placeholderFault(found: string, expected: string): Words | undefined {
  const names = placeholdersOf(found);
  const wanted = placeholdersOf(expected);
  const doubled = wanted.find((name) => names.indexOf(name) !== names.lastIndexOf(name));
  if (doubled) return say`${doubled} occurs twice`;
  const missing = wanted.find((name) => !names.includes(name));
  const odd = names.find((name) => !wanted.includes(name));
  if (missing) return missingFault(missing, odd, found, expected);
  if (odd) return say`${odd.slice(0, 40)} is not a placeholder here`;
  const crowded = wanted.find((name) => found.includes(`{${name}`) || found.includes(`${name}}`));
  return crowded ? say`there is one brace too many: write ${crowded}` : undefined;
}

function missingFault(missing: string, odd: string | undefined, found: string, expected: string): Words {
  if (odd && nearestName(odd, [missing])) return misspelt(odd, missing);
  const instead = textInPlaceOf(missing, found, expected);
  if (instead === undefined || /^[{}]+$/.test(instead)) return say`${missing} is missing`;
  if (`{${instead}` === missing || `${instead}}` === missing)
    return say`a brace is missing: write ${missing}`;
  if (/[{}]/.test(instead) || nearestName(wordOf(instead), [wordOf(missing)]))
    return misspelt(instead, missing);
  return say`${missing} is already filled in; T&A fills it in itself`;
}

const misspelt = (odd: string, missing: string): Words =>
  say`${odd.slice(0, 40)} is misspelt: write ${missing}`;

/** Without the brackets around it. */
const wordOf = (text: string): string => text.replace(/^\P{L}+|\P{L}+$/gu, '');

/** `undefined` where the texts between the placeholders are not all there, in order, with something between them. */
function textInPlaceOf(missing: string, found: string, expected: string): string | undefined {
  const pattern = expected
    .split(/\{[^{}]*\}/)
    .map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('([^/]+)');
  const texts = new RegExp(`^${pattern}$`).exec(found);
  return texts?.[placeholdersOf(expected).indexOf(missing) + 1];
}

function placeholdersOf(template: string): string[] {
  return template.match(/\{[^{}]*\}/g) ?? [];
}
