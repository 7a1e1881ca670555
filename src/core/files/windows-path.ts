import { say, type Words } from '../words/say.ts';

/** learn.microsoft.com/windows/win32/fileio/naming-a-file: device names, with any extension too. */
const device = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i;

/** `\\host\share`, `//host/share`, `\\.\pipe`, `\\?\C:`. */
const beginsAtHost = /^[\\/]{2}/;

/** Whether Windows takes a name for a device, whatever folder it is in. */
export const isDevice = (name: string): boolean => device.test(name);

/** Whether a look at a path could hand the user's password hash to another machine, as `\\host\share` does, or wake a device. */
export function reachesOut(path: string): boolean {
  return beginsAtHost.test(path) || path.split(/[\\/]/).some(isDevice);
}

/**
 * Why Windows would not make a plain file of this path, in words that complete "expected"; `undefined` where it would.
 * To touch `\\host\share` sends the user's password hash to the host; `name:stream` hides a file behind another.
 */
export function windowsPathFault(path: string): Words | undefined {
  if (beginsAtHost.test(path)) return say`a path on this computer, not one that begins with \\\\`;
  const parts = path.replace(/^[a-z]:/i, '').split(/[\\/]/);
  if (parts.some((part) => /[<>:"|?*]/.test(part))) return say`a path without any of < > : " | ? *`;
  if (parts.some(isDevice)) return say`a name that Windows does not reserve for a device`;
  const odd = parts.some((part) => /[. ]$/.test(part) && !/^\.{1,2}$/.test(part));
  return odd ? say`a name that does not end with a dot or a space` : undefined;
}
