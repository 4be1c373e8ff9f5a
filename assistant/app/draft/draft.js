// The Draft view: a form whose words become one message of the chat, which says all that was chosen.
import { find, onSubmit } from '../dom.js';
import { onView } from '../page.js';
import { _ } from '../texts.js';

const form = find('#draft-form');
const time = find('.icat-dr-time');

function fitTime() {
  const { minutes } = find('[name="kind"]:checked', form).dataset;
  time.hidden = minutes === '0';
  form.minutes.value = minutes === '0' ? '' : minutes;
}

// "Session plan, 90 minutes, on THEME, for AUDIENCE. To be in it: signs, what to say, wages"; in the language of the page
// as its catalogue has it, so that it is understood as if it had been typed.
function said() {
  const [theme, audience] = [form.theme, form.audience].map(({ value }) => value.trim());
  const minutes = form.minutes.value;
  const chosen = [...form.querySelectorAll('[name="aspect"]:checked')].map(({ value }) => value);
  const parts = [...chosen, ...form.subjects.value.split(/[,،，、;\n]/)].map((part) => part.trim()).filter(Boolean);
  const kind = find('[name="kind"]:checked', form).value;
  let text = minutes ? _('{kind}, {minutes} minutes, on {theme}', { kind, minutes, theme }) : _('{kind}, on {theme}', { kind, theme });
  if (audience) text = _('{text}, for {audience}', { text, audience });
  return parts.length ? _('{text}. To be in it: {parts}', { text, parts: parts.join(', ') }) : text;
}

function make() {
  const question = said();
  document.dispatchEvent(new CustomEvent('icat-ask', { detail: { question, corrected: { act: 'draft', wanted: null } } }));
  window.location.hash = '#chat';
}

form.addEventListener('change', ({ target }) => { if (target.name === 'kind') fitTime(); });
onSubmit(document, { 'draft-form': make });
fitTime();
onView('draft', () => form.theme.focus({ preventScroll: true }));
