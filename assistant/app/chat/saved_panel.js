// The panel of saved conversations: finding one, opening it, giving it another name, deleting it and taking that back.
import { all, element, find, onPress, onSubmit } from '../dom.js';
import { available, heads, keepAll, remove, removeAll, rename, take } from '../saved.js';
import { exportThese, importFile } from './saved_files.js';
import { bring, leave } from './switching.js';
import { isHere, settled } from './turns.js';
import { _, moment, ngettext } from '../texts.js';

const LONGEST = 120; // characters of a title
const ALL = _('Delete all conversations kept in this browser, and the one in this tab? This cannot be undone. The design sheet stays.');

let listed = []; // what there is, newest first
let undone = null; // {conversation, here}: what was deleted last, and whether it was in this tab

const panel = () => find('#icat-saved');
const words = () => find('#icat-saved-words');
const file = () => find('#icat-saved-file');
const idOf = (part) => part.closest('li').dataset.id;
const rowOf = (id) => all('#icat-saved-list li').find((row) => row.dataset.id === id);
const tell = (...parts) => find('#icat-saved-said').replaceChildren(...parts);

export async function showSaved() {
  tell('');
  words().value = '';
  const there = await available();
  find('#icat-saved-here').hidden = !there;
  find('#icat-saved-not').hidden = there;
  if (there) await read();
  panel().showModal();
  find('#icat-saved-title').focus();
}

async function read() {
  await settled();
  listed = await heads();
  show();
}

// The rows of those in which every word that is sought stands.
function show() {
  const sought = words().value.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = listed.filter(({ title, questions }) => {
    const text = [title, ...questions].join('\n').toLowerCase();
    return sought.every((word) => text.includes(word));
  });
  find('#icat-saved-list').replaceChildren(...shown.map(row));
  const none = listed.length ? _('None of them has these words.') : _('Nothing is saved yet. What you ask is kept here.');
  find('#icat-saved-none').textContent = shown.length ? '' : none;
  all('[data-saved="exportAll"], [data-saved="removeAll"]').forEach((button) => { button.disabled = !listed.length; });
}

function row({ id, title, when, questions }) {
  const made = find('#icat-saved-row').content.cloneNode(true).firstElementChild;
  made.dataset.id = id;
  const [opens, ...others] = all('button', made);
  opens.textContent = title;
  opens.dir = 'auto';
  others.forEach((button) => button.setAttribute('aria-label', `${button.textContent}: ${title}`));
  const asked = ngettext('{n} question', '{n} questions', questions.length);
  find('small', made).textContent = [moment(when), asked, ...(isHere(id) ? [_('in this tab')] : [])].join(' · ');
  return made;
}

async function open(button) {
  const [saved] = await take([idOf(button)]);
  if (!saved) { await read(); tell(_('It was deleted in another tab.')); return; }
  if (isHere(saved.id)) { panel().close(); return; }
  const lost = await bring(saved);
  if (lost) { tell(_('It cannot be opened: {why}', { why: lost })); return; }
  panel().close();
  all('#icat-turns .icat-question').at(-1).focus({ preventScroll: true });
}

// A field in place of the title.
function name(button) {
  const made = button.closest('li');
  const { title } = listed.find(({ id }) => id === made.dataset.id);
  const field = element('input', { name: 'title', value: title, maxLength: LONGEST, dir: 'auto', required: true });
  field.setAttribute('aria-label', _('Title'));
  const form = element('form', { className: 'icat-saved-name' }, field, element('button', { textContent: _('Rename') }));
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault(); // which would close the panel
    show();
    find('[data-saved="name"]', rowOf(made.dataset.id)).focus();
  });
  find('.icat-saved-open', made).replaceWith(form);
  find('.icat-saved-tools', made).hidden = true;
  field.select();
}

async function named(form) {
  const [id, title] = [idOf(form), form.elements.title.value.trim()];
  if (title) await rename(id, title);
  await read();
  (find('[data-saved="name"]', rowOf(id)) || words()).focus();
}

async function removeOne(button) {
  const old = button.closest('li');
  const { id } = old.dataset;
  const next = (old.nextElementSibling || old.previousElementSibling)?.dataset.id;
  const here = isHere(id);
  if (here) leave();
  await settled();
  const [conversation] = await take([id]);
  await remove(id);
  await read();
  if (!conversation) return; // it was deleted in another tab
  undone = { conversation, here };
  const undo = element('button', { type: 'button', textContent: _('Undo') });
  undo.dataset.saved = 'undo';
  tell(_('Deleted: {title}', conversation), ' ', undo);
  (next && rowOf(next) ? find('[data-saved="remove"]', rowOf(next)) : undo).focus();
}

async function undo() {
  const { conversation, here } = undone;
  undone = null;
  await keepAll([conversation]);
  if (here && !find('.icat-turn')) await bring(conversation);
  await read();
  tell(_('It is back.'));
  (find('.icat-saved-open', rowOf(conversation.id)) || words()).focus();
}

async function removeEverything() {
  if (!window.confirm(ALL)) return;
  undone = null;
  leave();
  await settled();
  await removeAll();
  await read();
  tell(_('Everything is deleted.'));
  find('#icat-saved-title').focus();
}

async function exportAll() {
  tell(exportThese(await take(listed.map(({ id }) => id))));
}

async function exportOne(button) {
  tell(exportThese(await take([idOf(button)])));
}

onPress(panel(), 'saved', {
  choose: () => file().click(),
  remove: removeOne,
  removeAll: removeEverything,
  open, name, undo, exportAll, exportOne,
});
onSubmit(panel(), { 'icat-saved-name': named });
words().addEventListener('input', show);
file().addEventListener('change', async () => {
  const [chosen] = file().files;
  file().value = '';
  const text = await importFile(chosen, listed);
  await read();
  tell(text);
});
