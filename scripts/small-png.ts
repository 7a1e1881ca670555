import UPNG from 'upng-js';

/** A picture with a palette of 256 colours: half as big, and a window has few more. */
export function smallPng(png: Buffer): Uint8Array {
  const picture = UPNG.decode(new Uint8Array(png).buffer);
  return new Uint8Array(UPNG.encode(UPNG.toRGBA8(picture), picture.width, picture.height, 256));
}
