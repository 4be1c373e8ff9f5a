// The design sheet as this browser keeps it: a record (see `assistant.toolkit.sheet.record`) whose rows also have a
// `key`. What is kept is the truth, so that two tabs never write over each other: every change is made to what is
// kept at that moment. It is saved too, as one of those in saved.js; its `place` there is {id, when}, of its last change.
import { keeper } from '../keep.js';
import { freshId, keepNewer, remove } from '../saved.js';

export const KEY = 'icat-sheet';
export const MOST = 500; // rows of a sheet; `assistant.toolkit.sheet.types` says the same
export const LINES = ['verification', 'disaggregation']; // lists, one entry a line
const FACTS = { level: null, counts: '', over: '', disaggregation: [], verification: [] };
const OF_SOURCE = ['activity', 'part_one', 'group', 'caution', 'origin', 'publication', 'pages', 'original', 'facts'];

const fits = ({ rows: found }) => Array.isArray(found) && found.every(({ key, text }) => key && typeof text === 'string');
const kept = keeper('local', KEY, fits, 'icat-sheet-damaged'); // what cannot be read is put aside, not lost
const listeners = [];
let sheet = blank();
let inBrowser = true; // else the sheet lives in this tab only
let emptied = null; // the id of a sheet that this tab has emptied, and may take back
let saving = Promise.resolve(true); // one after the other; whether the last went well

export const rows = () => sheet.rows;
export const head = () => ({ title: sheet.title, description: sheet.description });
export const isKept = () => inBrowser;
export const openId = () => sheet.place?.id;
export const isOpen = (id) => [openId(), emptied].includes(id);
export const isEmpty = () => !(sheet.rows.length || sheet.title || sheet.description);
export const rowOf = (key) => sheet.rows.find((row) => row.key === key);
export const rowOfItem = (id) => sheet.rows.find((row) => row.item_id === id);
export const ids = () => sheet.rows.map((row) => row.item_id).filter(Boolean);
export const inPart = (part) => sheet.rows.filter((row) => partOf(row) === part);
export const adapted = (row) => Boolean(row.item_id) && (row.text !== row.original || !same(factsOf(row), row.facts));

// Where a row stands: in the part of its level, or of its kind.
export function partOf({ kind, level }) {
  if (kind === 'indicator') return level || 'none';
  return kind === 'lesson' ? 'lesson' : 'question';
}

// Calls `then` after every change, and when the sheet was read anew.
export function onSheet(then) {
  listeners.push(then);
}

export function read() {
  emptied = null;
  sheet = { ...blank(), ...kept.read() };
  listeners.forEach((then) => then());
}

// Changes the sheet as it is kept now; another tab may have changed it since it was last shown here.
export function change(alter) {
  if (inBrowser) sheet = { ...blank(), ...kept.read() };
  const before = JSON.stringify(sheet);
  alter(sheet);
  const changed = JSON.stringify(sheet) !== before || !sheet.place;
  if (changed) sheet.place = { id: openId() || freshId(), when: new Date().toISOString() };
  write();
  if (changed) save();
}

function write() {
  inBrowser = kept.write(isEmpty() ? null : sheet);
  listeners.forEach((then) => then());
}

// A sheet that was emptied is saved no longer. Filled again it is another one: a copy of it may have been imported.
function save() {
  const { id, when } = sheet.place;
  let work = () => remove(id);
  if (isEmpty()) {
    emptied = id;
    delete sheet.place;
  } else {
    const mine = { id, when, title: sheet.title, record: toRecord() };
    work = () => keepNewer(mine);
  }
  saving = saving.then(work).then(() => true, () => false);
}

// When all that was to be saved is; whether it is.
export const settled = () => saving;

// The same of the sheet as it is kept now.
export function saveNow() {
  if (inBrowser) sheet = { ...blank(), ...kept.read() };
  if (isEmpty()) return true;
  if (sheet.place) save();
  else change(() => {}); // kept when nothing was saved yet
  return settled();
}

// Another one takes the place of the sheet, {id, when, record}; null: an empty one.
export function replace(saved) {
  emptied = null;
  sheet = blank();
  if (saved) {
    const { id, when, record } = saved;
    Object.assign(sheet, record, { rows: record.rows.map(rowFrom), place: { id, when } });
  }
  write();
  if (saved) save();
}

export function blank() {
  return { version: 1, title: '', description: '', rows: [] };
}

// A row of a record. One of a source also says what that source said, which its record leaves out where it is the same.
export function rowFrom(record) {
  const row = { ...record, key: `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}` };
  if (!row.item_id) return row;
  return { ...row, original: record.original || record.text, facts: { ...FACTS, ...(record.facts || factsOf(record)) } };
}

export function toRecord() {
  const { place, title, ...record } = sheet;
  return { ...record, ...(title ? { title } : {}), rows: sheet.rows.map(toRowRecord) };
}

// Without the key, and without what is empty.
function toRowRecord({ key, ...row }) {
  const filled = ([name, value]) => value !== '' && value !== null && (row.item_id || name !== 'facts');
  return Object.fromEntries(Object.entries(row).filter(filled));
}

function factsOf(row) {
  return Object.fromEntries(Object.keys(FACTS).map((name) => [name, row[name] || FACTS[name]]));
}

function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

// What the sources say now. Rows keep their words; returns key -> what became of a row's source, if anything did.
export function compare({ rows: fresh, missing, replaced }) {
  const drifts = new Map();
  const now = new Map(fresh.map((record) => [record.item_id, rowFrom(record)]));
  sheet.rows.forEach((row) => {
    const found = now.get(row.item_id);
    if (missing.includes(row.item_id)) drifts.set(row.key, 'gone');
    if (!found) return;
    if (replaced.includes(row.item_id)) drifts.set(row.key, 'replaced');
    if (row.original !== found.original || !same(row.facts, found.facts)) drifts.set(row.key, 'changed');
    OF_SOURCE.forEach((name) => { row[name] = found[name]; });
  });
  return drifts;
}
