// The list of publications: what of it is shown, removing with a way back, and how far the index is.
import { send } from '../channel.js';
import { all, element, find } from '../dom.js';
import { teller } from '../tell.js';
import { _, ngettext } from '../texts.js';

const AGAIN = 1000; // milliseconds between two looks at the index
export const tell = teller('library', '#library-said');
let drawn = ''; // the HTML of the list as it stands
let watching = false;
let offered = null; // whether files are added and removed here

const chosen = () => find('#library-filters').elements;

export async function list() {
  const box = find('#library-list');
  if (offered === null) offer((await send('library/offered')).allowed);
  const found = await send('library/list').finally(() => box.removeAttribute('aria-busy'));
  if (found.html !== drawn) box.innerHTML = found.html; // what is pressed or has the focus stays where nothing changed
  drawn = found.html;
  find('#library-holds').textContent = found.holds;
  find('#library-removed').innerHTML = found.removed;
  const language = chosen().language;
  const before = language.value;
  language.replaceChildren(new Option(_('All'), ''), ...found.languages.map(([code, name]) => new Option(name, code)));
  language.value = found.languages.some(([code]) => code === before) ? before : '';
  filter();
  watch();
}

function offer(allowed) {
  offered = allowed;
  find('#icat-library').classList.toggle('icat-lb-adding', allowed);
}

// Every word that was typed stands in the title.
export function filter() {
  const { words, whose, state, language } = chosen();
  const typed = words.value.toLowerCase().split(/\s+/);
  const rows = all('[data-publication]', find('#library-list'));
  rows.forEach((row) => {
    const { words: title, whose: own, state: here, languages } = row.dataset;
    row.hidden = !(typed.every((word) => title.includes(word)) && (!whose.value || own === whose.value)
      && (!state.value || here === state.value) && (!language.value || languages.split(' ').includes(language.value)));
  });
  const shown = rows.filter(({ hidden }) => !hidden).length;
  find('#library-count').textContent = shown === rows.length
    ? ngettext('{n} publication', '{n} publications', shown)
    : ngettext('{shown} of {n} publication', '{shown} of {n} publications', rows.length, { shown });
}

async function change(what, id, button = null) {
  const { text } = await send(`library/${what}`, { id });
  await list();
  tell(text, { button });
  (button || find('#library-title')).focus({ preventScroll: true });
}

export function remove({ value }) {
  const button = element('button', { type: 'button', textContent: _('Undo'), value });
  button.dataset.lb = 'undo';
  change('remove', value, button);
}

export const undo = ({ value }) => change('undo', value);
export const dismiss = ({ value }) => change('dismiss', value);

// Tells how far the index is until it holds all that was added.
export async function watch() {
  if (watching) return;
  watching = true;
  const line = find('#library-work');
  let told = false;
  try {
    for (;;) {
      const { busy, failed, text, done, total } = await send('library/work');
      line.hidden = !busy && !failed;
      find('progress', line).hidden = !busy;
      const bar = find('progress', line);
      if (total) { bar.max = total; bar.value = done; } else bar.removeAttribute('value');
      const far = total ? ngettext('{text} ({done} of {n} passage)', '{text} ({done} of {n} passages)', total, { text, done }) : text;
      find('span', line).textContent = failed
        ? _('The index could not follow: {text}', { text })
        : _('The index follows: {text}. You can ask meanwhile.', { text: far });
      if (!busy) {
        if (told && !failed && !find('#library-said button')) tell(_('The index is up to date: questions are answered from what is here now.'));
        return;
      }
      told = true;
      await new Promise((then) => { setTimeout(then, AGAIN); });
    }
  } finally {
    watching = false;
  }
}
