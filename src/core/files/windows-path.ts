/** learn.microsoft.com/windows/win32/fileio/naming-a-file: device names, with any extension too. */
const device = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i;

/**
 * Why Windows would not make a plain file of this path, in words that complete "expected"; `undefined` where it would.
 * To touch `\\host\share` sends the user's password hash to the host; `name:stream` hides a file behind another.
 */
export function windowsPathFault(path: string): string | undefined {
  if (/^[\\/]{2}/.test(path)) return 'a path on this machine, not one that begins with \\\\';
  const parts = path.replace(/^[a-z]:/i, '').split(/[\\/]/);
  if (parts.some((part) => /[<>:"|?*]/.test(part))) return 'a path without any of < > : " | ? *';
  if (parts.some((part) => device.test(part))) return 'a name that Windows does not keep for a device';
  const odd = parts.some((part) => /[. ]$/.test(part) && !/^\.{1,2}$/.test(part));
  return odd ? 'a name that does not end with a dot or a blank' : undefined;
}
