// The conversations that this browser keeps, in IndexedDB: {id, title, when, questions} of each in one store, its record
// (see `assistant.show.record`) in the other, so that a long list is there at once. `when` is the time of its last change.
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

const headOf = ({ id, title, when, record }) => ({ id, title, when, questions: record.turns.map((turn) => turn.question) });

function put(heads, records, conversation) {
  heads.put(headOf(conversation));
  records.put(conversation.record, conversation.id);
}

export const freshId = () => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;

// Whether this browser keeps anything; it may not, in a private window.
export const available = () => database().then(() => true, () => false);

// Newest first.
export async function heads() {
  const found = await transact('readonly', (store) => given(store.getAll()));
  return found.sort((one, other) => other.when.localeCompare(one.when));
}

// The conversations of these ids as {id, title, when, record}; those that are gone are left out.
export async function take(ids) {
  const found = await transact('readonly', (store, records) => Promise.all(
    ids.map((id) => Promise.all([given(store.get(id)), given(records.get(id))])),
  ));
  return found.filter(([head]) => head).map(([{ id, title, when }, record]) => ({ id, title, when, record }));
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

export function keepAll(conversations) {
  return transact('readwrite', (store, records) => { conversations.forEach((each) => put(store, records, each)); });
}

export function rename(id, title) {
  return transact('readwrite', async (store) => {
    const there = await given(store.get(id));
    if (there) store.put({ ...there, title });
  });
}

export function remove(id) {
  return transact('readwrite', (store, records) => { store.delete(id); records.delete(id); });
}

export function removeAll() {
  return transact('readwrite', (store, records) => { store.clear(); records.clear(); });
}
