import { html } from 'hono/html';
import { namesOfRoles } from '../directory-roles.ts';
import type { PageMarkup } from '../page/layout.ts';
import type { Person, State } from '../state.ts';
import type { PostedForm } from './form.ts';

/** Who may sign in on the login pages. */
function peopleToPick(state: State): Person[] {
  return state.people.filter(({ kind, graph }) => kind === 'member' && graph.accountEnabled !== false);
}

/** The person a form picked. */
export function pickedPerson(state: State, form: PostedForm): Person | undefined {
  return peopleToPick(state).find(({ id }) => id === form.person);
}

export interface Picker {
  readonly action: string;
  /** Fields that come back with the choice. */
  readonly fields: PostedForm;
  readonly approve: string;
  readonly loginHint?: string | undefined;
}

/** One form: pick a person, then approve or decline. */
export function personPicker(state: State, picker: Picker): PageMarkup {
  const people = peopleToPick(state);
  const hinted = people.find(({ userPrincipalName }) => userPrincipalName === picker.loginHint) ?? people[0];
  return html`<form method="post" action="${picker.action}">
${hiddenFields(picker.fields)}
<fieldset>
<legend>Who signs in?</legend>
${people.map((person) => choice(person, person === hinted))}
</fieldset>
<div class="actions">
<button class="main" name="action" value="approve">${picker.approve}</button>
<button name="action" value="decline">Decline</button>
</div>
</form>`;
}

export function hiddenFields(fields: PostedForm): PageMarkup[] {
  return Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`);
}

function choice(person: Person, isChecked: boolean): PageMarkup {
  const roles = namesOfRoles(person.roles).join(', ') || 'no directory role';
  return html`<label class="person">
<input type="radio" name="person" value="${person.id}" required${isChecked ? ' checked' : ''}>
<span>${person.displayName} <span class="quiet">${person.userPrincipalName}</span></span>
<span class="quiet">${roles}</span>
</label>`;
}
