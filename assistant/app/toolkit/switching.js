// Which design sheet is open: the one that this browser kept, a new one, or one that was saved.
import { send } from '../channel.js';
import { find } from '../dom.js';
import { rename } from '../saved.js';
import { setDrifts, tell } from './rows.js';
import { change, compare, ids, isEmpty, openId, replace, saveNow, settled } from './sheet.js';
import { _ } from '../texts.js';

const UNSAVED = _('This browser cannot keep the sheet under “Saved”. Save it as a file, or clear it.');

// How the panel of saved work reaches the sheet, see `homes` in saved.js.
export const home = {
  isHere,
  isEmpty,
  bring,
  leave: () => replace(null),
  rename: (id, title) => (isHere(id) ? change((sheet) => { sheet.title = title; }) : rename(id, title)),
  settled,
  show() {
    window.location.hash = '#toolkit-sheet'; // where the view is another, the page goes there
    find('#toolkit-sheet').focus();
  },
};

function isHere(id) {
  return !isEmpty() && openId() === id;
}

export async function startAnew() {
  const had = !isEmpty();
  if (!await saveNow()) { tell(UNSAVED); return; }
  replace(null);
  tell([_('A new design sheet.'), ...(had ? [_('The last one is under “Saved”.')] : [])].join(' '));
  find('#toolkit-sheet').focus();
}

// A saved sheet, {id, when, record}. Returns why it could not be opened; then all is as it was.
async function bring(saved) {
  if (!await saveNow()) return UNSAVED;
  replace(saved);
  tell('');
  lookUp();
  return '';
}

// What the sources of the rows say now.
export async function lookUp() {
  if (!ids().length) return;
  const found = await send('toolkit/gather', { items: ids() });
  change(() => setDrifts(compare(found)));
}
