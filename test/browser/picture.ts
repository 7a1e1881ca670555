import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { cacheFolder } from '../vscode/places.ts';

/** Where the pictures go; `PICTURES=media` renews those of the README. */
const folder = process.env.PICTURES ?? join(cacheFolder, 'pictures');

export interface Clip {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Takes a picture of a page, or of a part of it. */
export async function takePicture(page: Page, name: string, clip?: Clip): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await page.screenshot({
    path: join(folder, `${name}.png`),
    animations: 'disabled',
    caret: 'hide',
    ...(clip && { clip }),
  });
}
