type Attributes = Readonly<Record<string, string | boolean | undefined>>;

/** An element with attributes and children. Texts go in as text: nothing here reads HTML. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  setAttributes(made, attributes);
  made.append(...children);
  return made;
}

/** `false` and `undefined` take an attribute away, `true` sets it without a value. */
export function setAttributes(target: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) target.removeAttribute(name);
    else target.setAttribute(name, value === true ? '' : value);
  }
}

/** Writes only what differs, so that a screen reader says nothing twice. */
export function setText(target: Element, text: string): void {
  if (target.textContent !== text) target.replaceChildren(...wordsOf(text));
}

const whole = /@|[\da-f]{8}(?:-[\da-f]{4}){3}-|\d{4}-\d\d-\d\d/;

/** An address, an id or a date is compared as a whole: it goes to the next line rather than be broken at a hyphen. */
export function wordsOf(text: string): (Node | string)[] {
  const parts: (Node | string)[] = [];
  let plain = '';
  for (const word of text.match(/\s+|\S+/g) ?? []) {
    if (whole.test(word)) {
      parts.push(plain, element('span', { class: 'whole' }, word));
      plain = '';
    } else plain += word;
  }
  return [...parts, plain];
}

/** Calls `tick` at once, and every second while the node is in the page. What comes back into the page is told so again. */
export function ticking(node: Node, tick: () => void): () => void {
  let timer: ReturnType<typeof setInterval> | undefined;
  const again = (): void => {
    if (!node.isConnected) {
      clearInterval(timer);
      timer = undefined;
    } else tick();
  };
  return () => {
    tick();
    timer ??= setInterval(again, 1000);
  };
}

/** Once the page has it: who has turned to another part of VS Code is not called back, and one who returns to a field stays there. */
export function takeFocus(target: { focus(): void } | null | undefined): void {
  if (document.hasFocus()) target?.focus();
  else
    window.addEventListener('focus', () => document.activeElement === document.body && takeFocus(target), {
      once: true,
    });
}

/** Whether the focus is, or just was, on a control that is hidden or disabled now; browsers take it away a moment later. */
export function isFocusLostFrom(id: string): boolean {
  const { activeElement, body } = document;
  return activeElement === null || activeElement === body || activeElement.id === id;
}
