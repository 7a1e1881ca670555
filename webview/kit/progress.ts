import { element, setAttributes } from '../element.ts';

export interface Progress {
  readonly node: HTMLElement;
  /** 0 to 1. */
  set(part: number): void;
}

/** The browser's own: the toolkit has a ring only. */
export function progress(label: string): Progress {
  const node = element('progress', { class: 'kit-progress', max: '1', value: '0', 'aria-label': label });
  return { node, set: (part) => setAttributes(node, { value: String(Math.round(part * 100) / 100) }) };
}
