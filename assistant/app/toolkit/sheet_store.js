// The design sheet as this browser keeps it: a record (see assistant/toolkit/sheet_record.py) whose rows also have a
// `key`. What is kept is the truth, so that two tabs never write over each other: every change is made to what is
// kept at that moment.
const SHEET = 'icat-sheet';
const DAMAGED = 'icat-sheet-damaged'; // a kept sheet that could not be read is put aside here, not lost
const EMPTY_FACTS = { level: null, counts: '', over: '', disaggregation: [], verification: [] };
const FILLED = ['objective', 'baseline', 'target', 'frequency', 'responsible', 'assumptions', 'answer', 'answered_by',
  'answered_on', 'note']; // by the reader
const OF_SOURCE = ['activity', 'part_one', 'group', 'caution', 'origin', 'publication', 'pages'];
const MOST = 500; // rows of a sheet; sheet_types.py says the same

let sheet = blank();
let kept = true; // whether this browser keeps the sheet; else it lives in this tab only
let rowCount = 0;

function blank() {
  return { version: 1, title: '', description: '', rows: [] };
}

function read() {
  let text = null;
  try {
    text = localStorage.getItem(SHEET);
    if (!text) return blank();
    const found = JSON.parse(text);
    if (!Array.isArray(found.rows) || !found.rows.every((row) => row.key && typeof row.text === 'string')) throw new Error();
    return { ...blank(), ...found };
  } catch {
    try { if (text) localStorage.setItem(DAMAGED, text); } catch { /* no room for it: nothing more can be done */ }
    return blank();
  }
}

function write() {
  try {
    if (sheet.rows.length || sheet.title || sheet.description) localStorage.setItem(SHEET, JSON.stringify(sheet));
    else localStorage.removeItem(SHEET);
    kept = true;
  } catch {
    kept = false;
  }
}

// Changes the sheet as it is kept now; another tab may have changed it since it was last shown here.
function change(alter) {
  if (kept) sheet = read();
  alter(sheet);
  write();
  show();
}

const rowOf = (key) => sheet.rows.find((row) => row.key === key);
const has = (id) => sheet.rows.some((row) => row.item_id === id);
const ids = () => sheet.rows.map((row) => row.item_id).filter(Boolean);
const newKey = () => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}-${(rowCount += 1)}`;
const onSheet = (row) => Object.fromEntries(Object.keys(EMPTY_FACTS).map((name) => [name, row[name] || EMPTY_FACTS[name]]));
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

// A row's record leaves out what is empty and what is as in the source; here all of it stands.
function whole(record) {
  const empty = Object.fromEntries([...FILLED, 'item_id'].map((name) => [name, '']));
  const row = { ...empty, ...EMPTY_FACTS, ...record, key: newKey() };
  row.original = row.item_id ? record.original || record.text : '';
  row.facts = row.item_id ? { ...EMPTY_FACTS, ...(record.facts || onSheet(row)) } : { ...EMPTY_FACTS };
  return row;
}

function toSend() {
  return { ...sheet, title: sheet.title || undefined, rows: sheet.rows.map(forServer) };
}

// Without the key, and without what is empty: a row of one's own has no wording and facts of a source.
function forServer({ key, ...row }) {
  const own = !row.item_id;
  const entries = Object.entries(row).filter(([name, value]) => value !== '' && value !== null && value !== undefined
    && !(own && (name === 'original' || name === 'facts')));
  return Object.fromEntries(entries);
}

const adapted = (row) => Boolean(row.item_id) && (row.text !== row.original || !same(onSheet(row), row.facts));

// What the sources say now. Rows keep their words; returns key -> what to tell of a row whose source is not the same.
function compare(fresh, missing, replaced) {
  const told = new Map();
  const now = new Map(fresh.map((record) => [record.item_id, whole(record)]));
  sheet.rows.forEach((row) => {
    const found = now.get(row.item_id);
    if (missing.includes(row.item_id)) told.set(row.key, 'gone');
    if (!found) return;
    if (replaced.includes(row.item_id)) told.set(row.key, 'replaced');
    if (row.original !== found.original || !same(row.facts, found.facts)) told.set(row.key, 'changed');
    [...OF_SOURCE, 'original', 'facts'].forEach((name) => { row[name] = found[name]; });
  });
  return told;
}
