import { realpath } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { shellPath, shellWord } from '../words/escape.ts';
import { say, type Words } from '../words/say.ts';
import { literally } from './ignore-rules.ts';
import { stateName } from './own-files.ts';
import { placeFailures } from './place-failures.ts';
import { checkTarget, exists } from './target.ts';
import { workTreeOf } from './work-tree.ts';

/** Something worth knowing about a file with a secret, or the place where it goes. */
export interface PlaceNote {
  readonly id: 'place-synced' | 'place-passing' | 'place-git' | 'place-open' | 'open-as-text';
  readonly what: Words;
  readonly next: Words;
}

/**
 * Whether a file with a secret may lie here, asked before anything else is done. Throws a Failure, exit code 3, in a git
 * work tree where the file is not ignored.
 */
export async function checkPlace(path: string): Promise<PlaceNote[]> {
  await checkTarget(path);
  const folder = await realpath(dirname(path));
  const { state, root } = await workTreeOf(folder, basename(path));
  if (state === 'not ignored')
    throw placeFailures.notIgnored(path, root, ignoreLineFor(root, join(folder, basename(path))));
  const service = syncServiceOf(folder, process.env);
  return [
    ...(state === 'unknown' ? [rulesUnknown(path, root)] : []),
    ...(state === 'ignored' && (await exists(path)) ? [trackedUnknown(path, root)] : []),
    ...(service ? [synced(path, service)] : []),
    ...(isOfPrograms(folder) ? [passing(path)] : []),
  ];
}

/** The line of `.gitignore` that keeps a file out; one line for the preferences of all customers, and for all practice tenants. */
export function ignoreLineFor(root: string, file: string): string {
  if (basename(file) === stateName) return `${stateName}*`;
  if (basename(file).endsWith('.ta-email.json')) return '*.ta-email.json*';
  const place = relative(root, file).split(sep).join('/');
  return `/${literally(place)}`;
}

function rulesUnknown(path: string, root: string): PlaceNote {
  return {
    id: 'place-git',
    what: say`${basename(path)} is in the git repository ${root}, whose ignore rules could not be read.`,
    next: say`Make sure it is never committed: ${gitLine(path, 'check-ignore')} must print its name.`,
  };
}

/** Ignore rules have no effect on a file that was committed once. The repository's index tells; only git should read it. */
function trackedUnknown(path: string, root: string): PlaceNote {
  return {
    id: 'place-git',
    what: say`${basename(path)} is in the git repository ${root}, which ignores it. Whether it was committed before is not known.`,
    next: say`Make sure that it was not: ${gitLine(path, 'ls-files')} must print nothing. Otherwise renew the secret and choose another folder.`,
  };
}

/** To be run as it stands, in whatever folder. */
const gitLine = (path: string, command: string): string =>
  `git -C ${shellPath(dirname(path))} ${command} -- ${shellWord(basename(path))}`;

function synced(path: string, service: string): PlaceNote {
  return {
    id: 'place-synced',
    what: say`${basename(path)} is in a folder that ${service} copies to its servers and to other computers, with old versions.`,
    next: say`Choose a folder on this computer only for files that contain the secret.`,
  };
}

/** Whether a program fills the folder again at each update: VS Code those of its extensions, npm those of its packages. */
export const isOfPrograms = (folder: string): boolean =>
  /[\\/](?:\.vscode[^\\/]*[\\/]extensions|node_modules)(?:[\\/]|$)/i.test(folder);

function passing(path: string): PlaceNote {
  return {
    id: 'place-passing',
    what: say`${basename(path)} is in a folder of installed programs. What lies there is lost when one of them is updated or removed.`,
    next: say`Choose a folder of your own for files that contain the secret.`,
  };
}

const services: readonly (readonly [string, RegExp])[] = [
  ['OneDrive', /^OneDrive(?:-| -|$)/i],
  ['Dropbox', /^Dropbox(?: \(|-|$)/i],
  ['Google Drive', /^(?:Google ?Drive(?:-|$)|My Drive$)/i],
  ['Nextcloud', /^Nextcloud(?: |-|$)/i],
  ['ownCloud', /^ownCloud(?: |-|$)/i],
  ['iCloud Drive', /^(?:iCloud ?Drive|com~apple~CloudDocs)$/i],
];

/** Where OneDrive's own program says that its folders are: its name does not show in a renamed one. */
const oneDriveVariables = ['OneDrive', 'OneDriveCommercial', 'OneDriveConsumer'];

/** The service that carries a folder to other machines and keeps old versions of its files; `undefined` where none is known. */
export function syncServiceOf(
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const parts = folder.split(/[\\/]/);
  const named = services.find(([, pattern]) => parts.some((part) => pattern.test(part)));
  if (named) return named[0];
  const below = (root: string | undefined): boolean =>
    root !== undefined && root !== '' && isBelow(folder, root);
  return oneDriveVariables.some((name) => below(env[name])) ? 'OneDrive' : undefined;
}

function isBelow(folder: string, root: string): boolean {
  const [inner, outer] = [folder, root].map((path) =>
    `${path.replace(/[\\/]+$/, '')}/`.replace(/\\/g, '/').toLowerCase(),
  );
  return inner !== undefined && outer !== undefined && inner.startsWith(outer);
}
