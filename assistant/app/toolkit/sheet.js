// --- the design sheet on the page ---

const gathering = []; // {wanted, then, id}: requests for rows, the first of them sent
const made = new Map(); // key of a row -> its element
let told = new Map(); // key of a row -> what became of its source
let announced = ''; // ids of the items that other views were last told of
let undone = null; // {rows: [[place, row]]}: what was removed last
const DRIFT = {
  gone: 'The source of this item is no longer on this machine. The words are those of the day it was added.',
  replaced: 'A publication on this machine now has a list in the place of the one this item is from.',
  changed: 'The source says something else now. The words here are those of the day it was added.',
};
const LINES = ['verification', 'disaggregation']; // lists, one entry a line
const FULL = 'This browser cannot keep the sheet (its storage is full or switched off). Save it before you close this tab.';

const partOf = (row) => (row.kind === 'indicator' ? row.level || 'none' : row.kind === 'lesson' ? 'lesson' : 'question');
const inPart = (part) => sheet.rows.filter((row) => partOf(row) === part);
const items = (number) => `${number} ${number === 1 ? 'item' : 'items'}`;
const short = (text) => (text.length > 60 ? `${text.slice(0, 59)}…` : text);

// --- telling ---

function tell(text, action = null) {
  find('#toolkit-said').replaceChildren(document.createTextNode(text));
  if (!action) return;
  const button = document.createElement('button');
  button.type = 'button';
  button.dataset.tk = action.tk;
  button.textContent = action.words;
  find('#toolkit-said').append(' ', button);
}

// Seen in every view, with the way to the sheet.
function note(text) {
  const line = find('#icat-note');
  line.querySelector('span').textContent = text;
  line.classList.add('icat-shown');
}

// --- showing ---

function show() {
  find('#toolkit-unkept').textContent = kept ? '' : FULL;
  all('[data-tk="size"]').forEach((size) => { size.textContent = items(sheet.rows.length); });
  sized(find('#icat-views [data-size="toolkit"]'), sheet.rows.length);
  set(find('#toolkit-title'), sheet.title);
  set(find('#toolkit-description'), sheet.description);
  find('#toolkit-sheet').classList.toggle('icat-tk-bare', !sheet.rows.length);
  all('[data-tk="export"], [data-tk="keep"], [data-tk="clear"]').forEach((button) => { button.disabled = !sheet.rows.length; });
  made.forEach((element, key) => { if (!rowOf(key)) { element.remove(); made.delete(key); } });
  all('#toolkit-parts .icat-tk-part').forEach((section) => {
    const rows = inPart(section.dataset.part);
    section.hidden = !rows.length;
    section.querySelector('small').textContent = rows.length;
    const list = section.querySelector('ol');
    rows.forEach((row, place) => {
      const element = filled(row, place, rows.length);
      if (list.children[place] !== element) list.insertBefore(element, list.children[place] || null);
    });
  });
  all('#toolkit-sheet textarea').forEach(grow);
  markAdded();
  announce();
}

// The count beside the name of the view.
function sized(place, number) {
  const unseen = document.createElement('span');
  unseen.className = 'icat-unseen';
  unseen.textContent = ' in the design sheet';
  place.replaceChildren(...(number ? [`${number}`, unseen] : []));
}

function filled(row, place, number) {
  if (!made.has(row.key)) made.set(row.key, template(row));
  const element = made.get(row.key);
  const name = short(row.text);
  all('[data-field]', element).forEach((field) => set(field, words(row, field.dataset.field)));
  element.querySelector('[data-field="text"]').setAttribute('aria-label', `Wording, item ${place + 1} of ${number}`);
  hide(element, '[data-mark="own"]', row.item_id);
  hide(element, '[data-mark="adapted"]', !adapted(row));
  const source = element.querySelector('[data-mark="source"]');
  const from = [row.publication, row.pages].filter(Boolean).join(', ');
  source.textContent = row.origin === 'starter' ? source.dataset.starter : from;
  element.querySelector('[data-mark="drift"]').textContent = DRIFT[told.get(row.key)] || '';
  hide(element, '.icat-tk-original', !row.item_id || row.text === row.original);
  element.querySelector('.icat-tk-original span').textContent = row.original;
  hide(element, '.icat-tk-caution', !row.caution);
  element.querySelector('.icat-tk-caution span').textContent = row.caution || '';
  hide(element, '[data-tk="reveal"]', !row.item_id || told.get(row.key) === 'gone');
  button(element, 'up', `Move up: ${name}`, place === 0);
  button(element, 'down', `Move down: ${name}`, place === number - 1);
  button(element, 'reveal', `Source of: ${name}`);
  button(element, 'remove', `Remove: ${name}`);
  element.querySelector('summary').textContent = summary(row);
  return element;
}

function template(row) {
  const element = find('#toolkit-row').content.firstElementChild.cloneNode(true);
  element.dataset.key = row.key;
  all('[data-kinds]', element).forEach((label) => { label.hidden = !label.dataset.kinds.includes(row.kind); });
  return element;
}

function summary(row) {
  if (row.kind === 'indicator') return 'Baseline, target and how it is measured';
  return row.kind === 'lesson' ? 'Note' : row.answer ? 'Answer (filled in)' : 'Answer';
}

const words = (row, name) => (LINES.includes(name) ? (row[name] || []).join('\n') : row[name] || '');
const hide = (within, selector, hidden) => { within.querySelector(selector).hidden = Boolean(hidden); };

function set(field, value) { // not while it is typed in: the cursor would jump
  if (field !== document.activeElement && field.value !== value) field.value = value;
}

function button(element, action, name, disabled = false) {
  const found = element.querySelector(`[data-tk="${action}"]`);
  found.setAttribute('aria-label', name);
  found.title = name;
  found.disabled = disabled;
}

function grow(area) {
  if (CSS.supports('field-sizing', 'content') || !area.offsetParent) return;
  area.style.height = 'auto';
  area.style.height = `${area.scrollHeight + 2}px`;
}

// --- adding ---

function gather(wanted, then) {
  if (!wanted.length) { then([], [], []); return; }
  gathering.push({ wanted, then });
  if (gathering.length === 1) gatherFirst();
}

function gatherFirst() {
  gathering[0].id = send('gather', { items: gathering[0].wanted });
}

// The first is answered: what to do with its rows, and the next is sent. Nothing for an id that is not waited for.
function gatheredNext(id) {
  if (!gathering.length || gathering[0].id !== id) return null;
  const { then } = gathering.shift();
  if (gathering.length) gatherFirst();
  return then;
}

function add(wanted, from = null) {
  const left = [...new Set(wanted)].filter((id) => !has(id));
  gather(left, (records) => {
    let added = [];
    change(({ rows }) => {
      added = records.filter((record) => !has(record.item_id)).slice(0, MOST - rows.length);
      rows.push(...added.map(whole));
    });
    const complete = added.length === records.length;
    const text = `${added.length} added to the design sheet${complete ? '' : `, which holds at most ${MOST} items`}.`;
    tell(added.length === 1 ? `Added: ${short(added[0].text)}` : text);
    if (added.length) lookAt(sheet.rows.find((row) => row.item_id === added[0].item_id));
    if (from === 'chat') note(added.length ? text : 'It is in the design sheet already.');
  });
}

function addOwn(form) {
  const { text, kind, level } = form.elements;
  const said = text.value.split(/\s+/).join(' ').trim();
  if (!said) return;
  if (sheet.rows.length >= MOST) { tell(`The sheet holds at most ${MOST} items.`); return; }
  const row = whole({ kind: kind.value, text: said, level: kind.value === 'indicator' ? level.value || null : null });
  change(({ rows }) => rows.push(row));
  text.value = '';
  tell(`Added: ${short(said)}`);
  lookAt(row);
  text.focus();
}

// Brings a row into view within the sheet, where that scrolls by itself.
function lookAt(row) {
  const box = find('#toolkit-sheet');
  if (box.scrollHeight <= box.clientHeight) return;
  const top = made.get(row.key).getBoundingClientRect().top - box.getBoundingClientRect().top;
  box.scrollTop += top - find('.icat-tk-head').offsetHeight - 8;
}

// Tells the other views which items are on the sheet, whenever these change.
function announce() {
  if (announced === ids().join()) return;
  announced = ids().join();
  const detail = { ids: ids(), items: ids().map((id) => ({ id })) };
  document.dispatchEvent(new CustomEvent('icat-sheet-added', { bubbles: true, detail }));
}

// --- changing ---

const keyOf = (element) => element.closest('.icat-tk-row').dataset.key;

function edited(field) {
  const key = field.closest('.icat-tk-row') ? keyOf(field) : null;
  const name = field.dataset.field;
  change((now) => {
    if (field.id === 'toolkit-title') now.title = field.value;
    else if (field.id === 'toolkit-description') now.description = field.value;
    else if (rowOf(key)) alter(rowOf(key), name, field.value);
  });
  if (name === 'level') find(`[data-key="${key}"] [data-field="level"]`).focus();
}

function alter(row, name, value) {
  if (name === 'text') row.text = value.replace(/\s+/g, ' ').trim() || row.text;
  else if (LINES.includes(name)) row[name] = value.split('\n').map((line) => line.trim()).filter(Boolean).slice(0, 40);
  else row[name] = name === 'level' ? value || null : value;
}

function move(pressed, by) {
  const key = keyOf(pressed);
  let place = 0;
  change(({ rows }) => {
    const row = rowOf(key);
    const others = inPart(partOf(row));
    const other = others[others.indexOf(row) + by];
    if (!other) return;
    const [from, to] = [rows.indexOf(row), rows.indexOf(other)];
    [rows[from], rows[to]] = [other, row];
    place = others.indexOf(row) + by + 1;
  });
  const at = pressed.disabled ? made.get(key).querySelector(`[data-tk="${by < 0 ? 'down' : 'up'}"]`) : pressed;
  at.focus();
  if (place) tell(`Moved, now number ${place} of ${inPart(partOf(rowOf(key))).length}.`);
}

function remove(pressed) {
  const key = keyOf(pressed);
  const next = made.get(key).nextElementSibling || made.get(key).previousElementSibling;
  change(({ rows }) => {
    const place = rows.findIndex((row) => row.key === key);
    undone = { rows: place < 0 ? [] : [[place, rows[place]]] };
    if (place >= 0) rows.splice(place, 1);
  });
  if (undone.rows.length) tell(`Removed: ${short(undone.rows[0][1].text)}`, { tk: 'undo', words: 'Undo' });
  (next || find('#toolkit-sheet')).focus();
}

function undo() {
  if (!undone) return;
  const { rows, title, description } = undone;
  change((now) => {
    rows.filter(([, row]) => !(row.item_id && has(row.item_id))).forEach(([place, row]) => now.rows.splice(place, 0, row));
    now.title = now.title || title || '';
    now.description = now.description || description || '';
  });
  undone = null;
  tell('It is back.');
  if (rows.length && made.get(rows[0][1].key)) made.get(rows[0][1].key).focus();
}

function clear() {
  const number = items(sheet.rows.length);
  if (!window.confirm(`Remove all ${number} from the design sheet?`)) return;
  change((now) => {
    undone = { rows: now.rows.map((row, place) => [place, row]), title: now.title, description: now.description };
    Object.assign(now, blank());
  });
  tell(`Removed: ${number}.`, { tk: 'undo', words: 'Undo' });
  find('#toolkit-sheet').focus();
}

function original(pressed) {
  const key = keyOf(pressed);
  change(() => { if (rowOf(key)) rowOf(key).text = rowOf(key).original; });
  made.get(key).querySelector('[data-field="text"]').focus();
}
