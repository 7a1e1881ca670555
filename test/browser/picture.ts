import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { smallPng } from '../../scripts/small-png.ts';
import { cacheFolder } from '../vscode/places.ts';

/** Where the pictures go; `PICTURES=media` renews those of the README. */
const folder = process.env.PICTURES ?? join(cacheFolder, 'pictures');

/** Takes a picture of a window, without the messages that come and go; `height`: only so much of it from the top; `plain`: of a page alone. */
export async function takePicture(
  page: Page,
  name: string,
  part: { height?: number; plain?: boolean } = {},
): Promise<void> {
  const file = join(folder, `${name}.png`);
  mkdirSync(dirname(file), { recursive: true });
  // Nothing lies under the mouse there.
  await page.mouse.move(200, 10);
  const png = await page.screenshot({
    // What else is put into the page for a picture, its policy would refuse.
    ...(part.plain
      ? { caret: 'initial' }
      : {
          animations: 'disabled',
          caret: 'hide',
          style: '.notifications-toasts { display: none !important }',
        }),
    ...(part.height !== undefined && { clip: { x: 0, y: 0, width: 1280, height: part.height } }),
  });
  writeFileSync(file, smallPng(png));
}

/** Takes the picture of a step of the walkthrough, whose letters have to be read at half the size. */
export async function takeStepPicture(
  page: Page,
  name: string,
  part: { plain?: boolean } = {},
): Promise<void> {
  await page.setViewportSize({ width: 760, height: 570 });
  await takePicture(page, `walkthrough/${name}`, part);
}

/** So wide that a customer's row is seen to its end, unless told. */
export async function resizeSideBar(page: Page, width = 550): Promise<void> {
  const side = await page.locator('.part.sidebar').boundingBox();
  if (!side) throw new Error('The side bar is closed.');
  const edge = side.x + side.width;
  await page.mouse.move(edge, 400);
  await page.mouse.down();
  await page.mouse.move(side.x + width, 400, { steps: 5 });
  await page.mouse.up();
}
