/** One thing that a person does when something asks. */
export type Act =
  /** Types a line and presses Enter. */
  | { readonly kind: 'type'; readonly text: string }
  /** Presses Enter on what stands there. */
  | { readonly kind: 'enter' }
  /** Takes the row, or presses the button, whose label holds the text; a page's button only while the page shows `when`. */
  | { readonly kind: 'pick'; readonly label: string; readonly when?: RegExp }
  /** Checks just these rows of several, after typing what is in none of them, and presses Enter. */
  | { readonly kind: 'check'; readonly labels: readonly string[] }
  /** A file dialog: paths; none closes it. */
  | { readonly kind: 'files'; readonly paths: readonly string[] }
  | { readonly kind: 'escape' };

export const type = (text: string): Act => ({ kind: 'type', text });
export const enter: Act = { kind: 'enter' };
export const pick = (label: string, when?: RegExp): Act => ({ kind: 'pick', label, ...(when && { when }) });
export const check = (...labels: readonly string[]): Act => ({ kind: 'check', labels });
export const files = (...paths: readonly string[]): Act => ({ kind: 'files', paths });
export const esc: Act = { kind: 'escape' };

/** The acts still to come. Asking when nothing is left is a mistake of the test, and says what asked. */
export interface Script {
  next(asked: string): Act;
  /** The next act, if it is one of picking this; nothing else is taken. */
  nextIf(fits: (act: Act) => boolean): Act | undefined;
  /** What was not done. */
  left(): readonly Act[];
}

export function createScript(acts: readonly Act[]): Script {
  const open = [...acts];
  return {
    next(asked) {
      const act = open.shift();
      if (!act) throw new Error(`The script has no answer for: ${asked}`);
      return act;
    },
    nextIf(fits) {
      const [act] = open;
      return act && fits(act) ? open.shift() : undefined;
    },
    left: () => open,
  };
}
