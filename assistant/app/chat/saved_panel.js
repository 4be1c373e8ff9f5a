// The panel of saved work: finding a conversation, a draft or a design sheet, opening it, giving it another name, deleting
// it and taking that back.
import { all, element, find, onPress, onSubmit } from '../dom.js';
import { available, heads, homes, keepAll, remove, removeAll, take } from '../saved.js';
import { exportThese, importFile } from './saved_files.js';
import { _, moment, ngettext, number } from '../texts.js';

const LONGEST = 120; // characters of a title
const ALL = _(
  'Delete all conversations, drafts and design sheets kept in this browser, and those that are open? This cannot be undone.',
);
const WHAT = {
  conversation: () => _('Conversation'),
  draft: ({ drafts }) => _('Draft: {theme}', { theme: drafts.join('; ') }),
  sheet: () => _('Design sheet'),
};

let listed = []; // what there is, newest first
let undone = null; // {saved, here}: what was deleted last, and whether it was open

const panel = () => find('#icat-saved');
const words = () => find('#icat-saved-words');
const file = () => find('#icat-saved-file');
const kinds = () => all('#icat-saved-kinds input');
const idOf = (part) => part.closest('li').dataset.id;
const headOf = (part) => listed.find(({ id }) => id === idOf(part));
const titleOf = ({ title }) => title || _('Design sheet without a title');
const isHere = ({ id, kind }) => homes[kind].isHere(id);
const rowOf = (id) => all('#icat-saved-list li').find((row) => row.dataset.id === id);
const tell = (...parts) => find('#icat-saved-said').replaceChildren(...parts);

export async function showSaved() {
  tell('');
  words().value = '';
  kinds()[0].checked = true;
  const there = await available();
  find('#icat-saved-here').hidden = !there;
  find('#icat-saved-not').hidden = there;
  if (there) await read();
  panel().showModal();
  find('#icat-saved-title').focus();
}

const settled = () => Promise.all(Object.values(homes).map((home) => home.settled()));

async function read() {
  await settled();
  listed = await heads();
  show();
}

// The rows of those of the kind chosen in which every word that is sought stands.
function show() {
  const sought = words().value.toLowerCase().split(/\s+/).filter(Boolean);
  const found = listed.filter(({ title, lines, drafts }) => {
    const text = [title, ...lines, ...drafts].join('\n').toLowerCase();
    return sought.every((word) => text.includes(word));
  });
  const of = ({ value }) => (value ? found.filter(({ kind }) => kind === value) : found);
  kinds().forEach((radio) => {
    const label = radio.nextElementSibling;
    label.textContent = `${label.dataset.words} (${number(of(radio).length)})`;
  });
  const chosen = kinds().find(({ checked }) => checked);
  const shown = of(chosen);
  find('#icat-saved-list').replaceChildren(...shown.map(row));
  find('#icat-saved-none').textContent = shown.length ? '' : noneOf(chosen.value, sought.length);
  all('[data-saved="exportAll"], [data-saved="removeAll"]').forEach((button) => { button.disabled = !listed.length; });
}

function noneOf(kind, sought) {
  if (!listed.length) return _('Nothing is saved yet. What you ask and put on a design sheet is kept here.');
  if (sought) return _('None of them has these words.');
  return kind === 'sheet' ? _('No design sheet yet. Add items to one in the Toolkit.') : _('None of this kind yet.');
}

function row(head) {
  const { id, kind, when, lines } = head;
  const title = titleOf(head);
  const made = find('#icat-saved-row').content.cloneNode(true).firstElementChild;
  made.dataset.id = id;
  const [opens, ...others] = all('button', made);
  opens.textContent = title;
  opens.dir = 'auto';
  others.forEach((button) => button.setAttribute('aria-label', `${button.textContent}: ${title}`));
  const [many, here] = kind === 'sheet'
    ? [ngettext('{n} item', '{n} items', lines.length), _('open in the Toolkit')]
    : [ngettext('{n} question', '{n} questions', lines.length), _('in this tab')];
  const facts = [moment(when), many, ...(isHere(head) ? [here] : [])].join(' · ');
  find('small', made).append(element('b', { textContent: WHAT[kind](head) }), ` · ${facts}`);
  return made;
}

async function open(button) {
  const [saved] = await take([idOf(button)]);
  if (!saved) { await read(); tell(_('It was deleted in another tab.')); return; }
  const home = homes[saved.kind];
  const lost = isHere(saved) ? '' : await home.bring(saved);
  if (lost) { tell(_('It cannot be opened: {why}', { why: lost })); return; }
  panel().close();
  home.show();
}

// A field in place of the title.
function name(button) {
  const made = button.closest('li');
  const { title } = headOf(made);
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
  const { id, kind } = headOf(form);
  const title = form.elements.title.value.trim();
  if (title) await homes[kind].rename(id, title);
  await read();
  (find('[data-saved="name"]', rowOf(id)) || words()).focus();
}

async function removeOne(button) {
  const old = button.closest('li');
  const { id, kind } = headOf(old);
  const next = (old.nextElementSibling || old.previousElementSibling)?.dataset.id;
  const here = homes[kind].isHere(id);
  if (here) homes[kind].leave();
  await settled();
  const [saved] = await take([id]);
  await remove(id);
  await read();
  if (!saved) return; // it was deleted in another tab
  undone = { saved, here };
  const undo = element('button', { type: 'button', textContent: _('Undo') });
  undo.dataset.saved = 'undo';
  tell(_('Deleted: {title}', { title: titleOf(saved) }), ' ', undo);
  (next && rowOf(next) ? find('[data-saved="remove"]', rowOf(next)) : undo).focus();
}

async function undo() {
  const { saved, here } = undone;
  const home = homes[saved.kind];
  undone = null;
  await keepAll([saved]);
  if (here && home.isEmpty()) await home.bring(saved);
  await read();
  tell(_('It is back.'));
  const back = rowOf(saved.id); // unless it is not of what is looked for
  (back ? find('.icat-saved-open', back) : words()).focus();
}

async function removeEverything() {
  if (!window.confirm(ALL)) return;
  undone = null;
  Object.values(homes).forEach((home) => home.leave());
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
find('#icat-saved-kinds').addEventListener('change', show);
panel().addEventListener('click', ({ target }) => { if (target.closest('a')) panel().close(); }); // it leads to another view
file().addEventListener('change', async () => {
  const [chosen] = file().files;
  file().value = '';
  const text = await importFile(chosen, listed);
  await read();
  tell(text);
});
