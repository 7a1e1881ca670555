const services: readonly (readonly [string, RegExp])[] = [
  ['OneDrive', /^OneDrive(?:-| -|$)/i],
  ['Dropbox', /^Dropbox(?: \(|-|$)/i],
  ['Google Drive', /^(?:Google ?Drive(?:-|$)|My Drive$)/i],
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
