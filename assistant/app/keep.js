// What this browser keeps: 'session' for this tab, 'local' for all tabs. Storage can be full, switched off or damaged.

// `fits`: whether what was found can be used. What cannot is put aside under the key `aside`, if that is given.
export function keeper(kind, key, fits = () => true, aside = null) {
  const storage = () => window[`${kind}Storage`];
  return {
    // What is kept; null where that is nothing.
    read() {
      let text = null;
      try {
        text = storage().getItem(key);
        const found = JSON.parse(text);
        if (found === null || fits(found)) return found;
      } catch { /* no storage, or no JSON */ }
      try {
        if (text && aside) storage().setItem(aside, text);
      } catch { /* no room for it: nothing more can be done */ }
      return null;
    },
    // Whether it is kept; null keeps nothing.
    write(value) {
      try {
        if (value === null) storage().removeItem(key);
        else storage().setItem(key, JSON.stringify(value));
        return true;
      } catch {
        return false;
      }
    },
  };
}

// Of this tab: {record, draft, place}, see `assistant.show.record`; the draft is a question without an answer, and the
// place is where it is saved, see chat/turns.js.
export const conversation = keeper('session', 'icat-conversation');
