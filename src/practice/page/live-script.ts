/**
 * Keeps the page as the tenant is now: asks for it once a second while it is seen, and puts the new content in. What is folded or
 * open stays so, and so does the focus. It is text of ours alone, named in the page's policy by its hash.
 */
export const liveScript = `(() => {
  const main = document.querySelector('main');
  let shown = main.innerHTML;
  const put = (next) => {
    for (const box of next.querySelectorAll('details[id]')) {
      const old = document.getElementById(box.id);
      if (old) box.open = old.open;
    }
    const focused = document.activeElement?.closest('details[id], a[href]');
    const key = focused && (focused.id ? '#' + CSS.escape(focused.id) + ' > summary' : 'a[href="' + CSS.escape(focused.getAttribute('href')) + '"]');
    main.replaceChildren(...next.childNodes);
    if (key) main.querySelector(key)?.focus();
  };
  const look = async () => {
    if (document.hidden || getSelection()?.type === 'Range') return;
    const answer = await fetch('/').catch(() => undefined);
    document.body.classList.toggle('ended', !answer?.ok);
    if (!answer?.ok) return;
    const next = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('main');
    if (!next || next.innerHTML === shown) return;
    shown = next.innerHTML;
    put(next);
  };
  setInterval(look, 1000);
})();`;
