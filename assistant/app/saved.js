// What this browser keeps, in IndexedDB: conversations, and design sheets. {id, kind, title, when, lines, drafts} of each in
// one store, its record (see `assistant.show.record` and `assistant.toolkit.sheet.record`) in the other, so that a long list
// is there at once. `when` is the time of its last change; `lines` are the questions, or the wordings of a sheet; `drafts`
// are the themes of a conversation's drafts.
const STORES = { heads: { keyPath: 'id' }, records: undefined };

let opening = null;

function database() {
  opening = opening || new Promise((resolve, reject) => {
    const request = window.indexedDB.open('icat-saved', 1);
    request.onupgradeneeded = () => {
      Object.entries(STORES).forEach(([name, how]) => request.result.createObjectStore(name, how));
    };
    request.onsuccess = () => {
      request.result.onclose = () => { opening = null; }; // the reader has emptied the browser's storage
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  });
  return opening;
}

const given = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

// What `work` returns, once all that it changes is there. When it fails, nothing is changed.
async function transact(mode, work) {
  const transaction = (await database()).transaction(Object.keys(STORES), mode);
  const ended = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });
  const stores = Object.keys(STORES).map((name) => transaction.objectStore(name));
  return (await Promise.all([work(...stores), ended]))[0];
}

// The kinds are 'conversation', 'draft' (a conversation that holds one) and 'sheet'.
function headOf({ id, title, when, record }) {
  const { rows, turns = [] } = record;
  if (rows) return { id, kind: 'sheet', title, when, lines: rows.map(({ text }) => text), drafts: [] };
  const drafts = turns.map(({ answer }) => answer?.draft?.theme).filter(Boolean);
  const lines = turns.map(({ question }) => question);
  return { id, kind: drafts.length ? 'draft' : 'conversation', title, when, lines, drafts };
}

function put(heads, records, saved) {
  heads.put(headOf(saved));
  records.put(saved.record, saved.id);
}

// Where what is kept can be open: by kind, {isHere, isEmpty, bring, leave, rename, settled, show},
// given by the view that shows it.
export const homes = {};

export const freshId = () => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;

// Whether this browser keeps anything; it may not, in a private window.
export const available = () => database().then(() => true, () => false);

// Newest first. Those of a time when only conversations were kept are written anew.
export async function heads() {
  const found = await transact('readwrite', async (store, records) => Promise.all(
    (await given(store.getAll())).map(async (head) => {
      if (head.kind) return head;
      const whole = headOf({ ...head, record: await given(records.get(head.id)) });
      store.put(whole);
      return whole;
    }),
  ));
  return found.sort((one, other) => other.when.localeCompare(one.when));
}

// Those of these ids as {id, kind, title, when, record}; those that are gone are left out.
export async function take(ids) {
  const found = await transact('readonly', (store, records) => Promise.all(
    ids.map((id) => Promise.all([given(store.get(id)), given(records.get(id))])),
  ));
  return found.filter(([head]) => head).map(([{ id, kind, title, when }, record]) => ({ id, kind, title, when, record }));
}

// Keeps a conversation as a tab has it now; returns its id. `stamps`: the times of the tab's own last changes, the newest
// first. Where another tab has changed it since, it becomes one of its own, so that neither is lost.
export function keepOwn({ id, stamps, title, record }) {
  return transact('readwrite', async (store, records) => {
    const there = await given(store.get(id));
    const own = !there || stamps.includes(there.when) ? id : freshId();
    put(store, records, { id: own, title: there ? there.title : title, when: stamps[0], record });
    return own;
  });
}

// Keeps a design sheet, which all tabs share, unless what is kept of it is newer.
export function keepNewer(sheet) {
  return transact('readwrite', async (store, records) => {
    const there = await given(store.get(sheet.id));
    if (!there || there.when <= sheet.when) put(store, records, sheet);
  });
}

export function keepAll(some) {
  return transact('readwrite', (store, records) => { some.forEach((each) => put(store, records, each)); });
}

// The title of a sheet stands in its record too.
export function rename(id, title) {
  return transact('readwrite', async (store, records) => {
    const [there, record] = await Promise.all([given(store.get(id)), given(records.get(id))]);
    if (there) store.put({ ...there, title });
    if (there?.kind === 'sheet') records.put({ ...record, title }, id);
  });
}

export function remove(id) {
  return transact('readwrite', (store, records) => { store.delete(id); records.delete(id); });
}

export function removeAll() {
  return transact('readwrite', (store, records) => { store.clear(); records.clear(); });
}
