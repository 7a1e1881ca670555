/** The page's own script: copying, and showing the secret. Runs from a file too, where a page has no origin. */
export const script = `
'use strict';
const said = document.getElementById('said');
for (const button of document.querySelectorAll('button[data-copies]')) {
  button.addEventListener('click', () => copy(button));
}
const show = document.getElementById('show');
if (show) show.addEventListener('click', toggle);

async function copy(button) {
  const field = document.getElementById(button.dataset.copies);
  const done = await put(field.textContent);
  if (!done) select(field);
  button.textContent = done ? 'Copied' : 'Selected';
  said.textContent = button.dataset.label +
    (done ? ' copied' : ' could not be copied. It is selected now: copy it with the keyboard.');
  setTimeout(() => { button.textContent = 'Copy'; }, 2000);
}

async function put(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

function select(field) {
  if (field.hidden) toggle();
  getSelection().selectAllChildren(field);
}

function toggle() {
  const secret = document.getElementById('clientSecret');
  const shown = secret.hidden;
  secret.hidden = !shown;
  document.getElementById('dots').hidden = shown;
  show.textContent = shown ? 'Hide' : 'Show';
  show.setAttribute('aria-expanded', String(shown));
}
`;
