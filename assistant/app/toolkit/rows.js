// The design sheet on the page: its rows in their parts, made from the template and filled with words, as text.
import { all, element, fill, find } from '../dom.js';
import { teller } from '../tell.js';
import { LINES, adapted, head, ids, inPart, isKept, onSheet, openId, rowOf, rows } from './sheet.js';
import { _, ngettext } from '../texts.js';

const DRIFT = {
  gone: _('The source of this item is no longer on this machine. The words are those of the day it was added.'),
  replaced: _('A publication on this machine now has a list in the place of the one this item is from.'),
  changed: _('The source says something else now. The words here are those of the day it was added.'),
};
const SUMMARY = { indicator: _('Baseline, target and how it is measured'), lesson: _('Note'), 'design question': _('Answer') };
const BUTTONS = { up: _('Move up: {item}'), down: _('Move down: {item}'), reveal: _('Source of: {item}'), remove: _('Remove: {item}') };
const FULL = _('This browser cannot keep the sheet (its storage is full or switched off). Save it before you close this tab.');

const elements = new Map(); // key of a row -> its element
let drifts = new Map(); // key of a row -> what became of its source
let shown; // the id of the sheet that the fields show
let announced = ''; // ids of the items that other views were last told of

export const tell = teller('toolkit', '#toolkit-said');
export const elementOf = (key) => elements.get(key);
export const items = (number) => ngettext('{n} item', '{n} items', number);
export const short = (text) => (text.length > 60 ? `${text.slice(0, 59)}…` : text);

// Tells of something that can be taken back.
export function tellUndo(text) {
  const button = element('button', { type: 'button', textContent: _('Undo') });
  button.dataset.tk = 'undo';
  tell(text, { button });
}

export function setDrifts(found) {
  drifts = found;
}

// Brings a row into view within the sheet, where that scrolls by itself.
export function lookAt(row) {
  const box = find('#toolkit-sheet');
  if (box.scrollHeight <= box.clientHeight) return;
  const top = elementOf(row.key).getBoundingClientRect().top - box.getBoundingClientRect().top;
  box.scrollTop += top - find('.icat-tk-head').offsetHeight - 8;
}

export function show() {
  const number = rows().length;
  const unseen = element('span', { className: 'icat-unseen', textContent: _('in the design sheet') });
  find('#icat-views [data-size="toolkit"]').replaceChildren(...(number ? [`${number} `, unseen] : []));
  find('#toolkit-unkept').textContent = isKept() ? '' : FULL;
  all('[data-tk="size"]').forEach((size) => { size.textContent = items(number); });
  ['title', 'description'].forEach((name) => set(find(`#toolkit-${name}`), head()[name], openId() !== shown));
  shown = openId();
  find('#toolkit-sheet').classList.toggle('icat-tk-bare', !number);
  elements.forEach((gone, key) => { if (!rowOf(key)) { gone.remove(); elements.delete(key); } });
  all('#toolkit-parts .icat-tk-part').forEach(showPart);
  growAll();
  announce();
}

function showPart(section) {
  const found = inPart(section.dataset.part);
  section.hidden = !found.length;
  find('small', section).textContent = found.length;
  const list = find('ol', section);
  found.forEach((row, place) => {
    const shown = showRow(row, place, found.length);
    if (list.children[place] !== shown) list.insertBefore(shown, list.children[place] || null);
  });
}

function showRow(row, place, number) {
  if (!elements.has(row.key)) elements.set(row.key, template(row));
  const shown = elements.get(row.key);
  const name = short(row.text);
  const { starter } = find('#toolkit-row').dataset;
  fill(shown, {
    own: !row.item_id,
    adapted: adapted(row),
    source: row.origin === 'starter' ? starter : [row.publication, row.pages].filter(Boolean).join(', '),
    drift: DRIFT[drifts.get(row.key)],
    reworded: row.item_id && row.text !== row.original,
    original: row.original,
    caution: row.caution,
    source_here: row.item_id && drifts.get(row.key) !== 'gone',
    summary: row.answer ? _('{text} (filled in)', { text: SUMMARY[row.kind] }) : SUMMARY[row.kind],
  });
  all('[data-field]', shown).forEach((field) => set(field, words(row, field.dataset.field)));
  find('[data-field="text"]', shown).setAttribute('aria-label', _('Wording, item {place} of {number}', { place: place + 1, number }));
  Object.entries(BUTTONS).forEach(([action, spoken]) => {
    const button = find(`[data-tk="${action}"]`, shown);
    button.title = spoken.replace('{item}', () => name);
    button.setAttribute('aria-label', button.title);
  });
  find('[data-tk="up"]', shown).disabled = place === 0;
  find('[data-tk="down"]', shown).disabled = place === number - 1;
  return shown;
}

function template(row) {
  const made = find('#toolkit-row').content.firstElementChild.cloneNode(true);
  made.dataset.key = row.key;
  all('[data-kinds]', made).forEach((label) => { label.hidden = !label.dataset.kinds.includes(row.kind); });
  return made;
}

function words(row, name) {
  return LINES.includes(name) ? (row[name] || []).join('\n') : row[name] || '';
}

// Not while it is typed in, where the cursor would jump, unless what is typed is of another sheet.
function set(field, value, another = false) {
  if ((another || field !== document.activeElement) && field.value !== value) field.value = value;
}

export function growAll() {
  if (CSS.supports('field-sizing', 'content')) return;
  all('#toolkit-sheet textarea').filter((area) => area.offsetParent).forEach((area) => {
    area.style.height = 'auto';
    area.style.height = `${area.scrollHeight + 2}px`;
  });
}

// Tells the other views which items are on the sheet, whenever these change.
function announce() {
  if (announced === ids().join()) return;
  announced = ids().join();
  document.dispatchEvent(new CustomEvent('icat-sheet-holds', { detail: ids() }));
}

onSheet(show);
