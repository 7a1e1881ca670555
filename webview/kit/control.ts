import { element, setAttributes, setText } from '../element.ts';

/** A control with its label, help and error. */
export interface Control<T> {
  /** What goes into the page. */
  readonly node: HTMLElement;
  value: T;
  /** Empty: none. */
  setHelp(text: string): void;
  /** Empty: none. */
  setError(text: string): void;
  focus(): void;
}

export interface ControlOptions<T> {
  /** Unique on the page. */
  readonly id: string;
  readonly label: string;
  readonly help?: string;
  readonly required?: boolean;
  readonly onInput: (value: T) => void;
}

/** Help and error of a control, shown below it and tied to it for screen readers. */
interface Description {
  readonly help: HTMLElement;
  readonly error: HTMLElement;
  /** Ties them to the element that gets the focus, now and whenever they change. */
  attach(target: Element): void;
  setHelp(text: string): void;
  setError(text: string): void;
}

export function createDescription(id: string, helpText = ''): Description {
  const help = element('p', { class: 'kit-help', id: `${id}-help`, hidden: helpText === '' }, helpText);
  const error = element('p', { class: 'kit-error', id: `${id}-error`, hidden: true });
  let target: Element | undefined;
  const tie = (): void => {
    if (!target) return;
    const shown = [error, help].filter((note) => !note.hidden);
    setAttributes(target, {
      'aria-describedby': shown.length === 0 ? undefined : idsFor(target, shown),
      'aria-invalid': error.hidden ? undefined : 'true',
    });
  };
  const put = (note: HTMLElement, text: string): void => {
    setText(note, text);
    note.hidden = text === '';
    tie();
  };
  return {
    help,
    error,
    attach(to) {
      target = to;
      tie();
    },
    setHelp: (text) => put(help, text),
    setError: (text) => put(error, text),
  };
}

/** An id is not seen from inside a shadow tree, so the texts are repeated there, hidden. */
function idsFor(target: Element, notes: readonly HTMLElement[]): string {
  const root = target.getRootNode();
  if (!(root instanceof ShadowRoot)) return notes.map(({ id }) => id).join(' ');
  let inside = root.querySelector('#description');
  if (!inside) {
    inside = element('span', { id: 'description', hidden: true });
    root.append(inside);
  }
  setText(inside, notes.map(({ textContent }) => textContent).join(' '));
  return 'description';
}
