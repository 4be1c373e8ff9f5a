// What a reader does to the design sheet: adding, changing, moving, removing, and taking that back.
import { Failure, send } from '../channel.js';
import { find } from '../dom.js';
import { current } from '../page.js';
import { elementOf, items, lookAt, short, tell, tellUndo } from './rows.js';
import { LINES, MOST, blank, change, head, inPart, isOpen, openId, partOf, rowFrom, rowOf, rowOfItem, rows } from './sheet.js';
import { _, ngettext } from '../texts.js';

let undone = null; // {from, rows: [[place, row]], title, description}: what was removed last, and of which sheet

const full = () => _('The sheet holds at most {number} items.', { number: MOST });
const keyOf = (within) => within.closest('.icat-tk-row').dataset.key;

// Items of the publications, by their ids; rows come from the server, as their sources have them now.
export async function add(ids) {
  const left = [...new Set(ids)].filter((id) => !rowOfItem(id));
  const records = left.length ? (await send('toolkit/gather', { items: left })).rows : [];
  let fresh = [];
  change((sheet) => {
    fresh = records.filter((record) => !rowOfItem(record.item_id)).slice(0, MOST - sheet.rows.length).map(rowFrom);
    sheet.rows.push(...fresh);
  });
  const number = ngettext('{n} added to the design sheet.', '{n} added to the design sheet.', fresh.length);
  const text = fresh.length < records.length ? `${number} ${full()}` : number;
  tell(fresh.length === 1 ? _('Added: {text}', { text: short(fresh[0].text) }) : text);
  if (fresh.length) lookAt(fresh[0]);
  return fresh.length ? text : _('It is in the design sheet already.');
}

// From another view: what came of it is seen there, with the way to the sheet.
export async function addFromElsewhere(ids) {
  const text = await add(ids).catch((error) => {
    if (!(error instanceof Failure)) throw error;
    tell(error.message);
    return error.message;
  });
  if (current() === 'toolkit') return;
  find('#icat-note span').textContent = text;
  find('#icat-note').classList.add('icat-shown');
}

export function dismissNote() {
  find('#icat-note').classList.remove('icat-shown');
}

export function addOwn(form) {
  const { text, kind, level } = form.elements;
  const said = text.value.split(/\s+/).join(' ').trim();
  if (!said) return;
  if (rows().length >= MOST) { tell(full()); return; }
  const row = rowFrom({ kind: kind.value, text: said, level: kind.value === 'indicator' ? level.value || null : null });
  change((sheet) => sheet.rows.push(row));
  text.value = '';
  tell(_('Added: {text}', { text: short(said) }));
  lookAt(row);
  text.focus();
}

export function edited(field) {
  const key = field.closest('.icat-tk-row') ? keyOf(field) : null;
  const name = field.dataset.field;
  change((sheet) => {
    if (field.id === 'toolkit-title') sheet.title = field.value;
    else if (field.id === 'toolkit-description') sheet.description = field.value;
    else if (rowOf(key)) alter(rowOf(key), name, field.value);
  });
  if (name === 'level') find(`[data-key="${key}"] [data-field="level"]`).focus();
}

function alter(row, name, value) {
  if (name === 'text') row.text = value.replace(/\s+/g, ' ').trim() || row.text;
  else if (LINES.includes(name)) row[name] = value.split('\n').map((line) => line.trim()).filter(Boolean).slice(0, 40);
  else row[name] = name === 'level' ? value || null : value;
}

export function move(pressed, by) {
  const key = keyOf(pressed);
  let place = 0;
  change((sheet) => {
    const row = rowOf(key);
    const others = inPart(partOf(row));
    const other = others[others.indexOf(row) + by];
    if (!other) return;
    const [from, to] = [sheet.rows.indexOf(row), sheet.rows.indexOf(other)];
    [sheet.rows[from], sheet.rows[to]] = [other, row];
    place = others.indexOf(row) + by + 1;
  });
  (pressed.disabled ? find(`[data-tk="${by < 0 ? 'down' : 'up'}"]`, elementOf(key)) : pressed).focus();
  if (place) tell(_('Moved, now number {place} of {all}.', { place, all: inPart(partOf(rowOf(key))).length }));
}

export function remove(pressed) {
  const key = keyOf(pressed);
  const next = elementOf(key).nextElementSibling || elementOf(key).previousElementSibling;
  change((sheet) => {
    const place = sheet.rows.findIndex((row) => row.key === key);
    undone = { from: openId(), rows: place < 0 ? [] : [[place, sheet.rows[place]]] };
    if (place >= 0) sheet.rows.splice(place, 1);
  });
  if (undone.rows.length) tellUndo(_('Removed: {text}', { text: short(undone.rows[0][1].text) }));
  (next || find('#toolkit-sheet')).focus();
}

export function clear() {
  const number = items(rows().length);
  if (!window.confirm(_('Remove all of the design sheet ({number})?', { number }))) return;
  change((sheet) => {
    undone = { from: openId(), rows: sheet.rows.map((row, place) => [place, row]), ...head() };
    Object.assign(sheet, blank());
  });
  tellUndo(_('Removed: {text}', { text: number }));
  find('#toolkit-sheet').focus();
}

export function undo() {
  if (!undone || !isOpen(undone.from)) return;
  const { rows: removed, title = '', description = '' } = undone;
  change((sheet) => {
    removed.filter(([, row]) => !(row.item_id && rowOfItem(row.item_id)))
      .forEach(([place, row]) => sheet.rows.splice(place, 0, row));
    sheet.title = sheet.title || title;
    sheet.description = sheet.description || description;
  });
  undone = null;
  tell(_('It is back.'));
  if (removed.length) elementOf(removed[0][1].key)?.focus();
}

export function toOriginal(pressed) {
  const key = keyOf(pressed);
  change(() => { if (rowOf(key)) rowOf(key).text = rowOf(key).original; });
  find('[data-field="text"]', elementOf(key)).focus();
}
