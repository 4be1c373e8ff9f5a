// The Toolkit view: what is pressed and typed in it.
import { find, onPress, onSubmit } from '../dom.js';
import { onView } from '../page.js';
import { homes } from '../saved.js';
import { browse, browseSoon, choose, idsUnder, reveal } from './browse.js';
import { add, addFromElsewhere, addOwn, clear, dismissNote, edited, move, remove, toOriginal, undo } from './edits.js';
import { elementOf, growAll, show, tell } from './rows.js';
import { KEY, isKept, read, rowOf, rowOfItem, rows, saveNow } from './sheet.js';
import { keepAsFile, openFile, produce } from './sheet_files.js';
import { home, lookUp, startAnew } from './switching.js';
import { _ } from '../texts.js';

const view = find('#icat-toolkit');
const [sheet, kind, file] = [find('#toolkit-sheet'), find('#toolkit-own-kind'), find('#toolkit-file')];
let arrived = false;

// Nothing is asked of the server before the view is seen for the first time.
function arrive() {
  dismissNote();
  growAll();
  if (arrived) return;
  arrived = true;
  browse();
  lookUp();
}

// Adds an item, or leads to the row that it already is.
function addOne({ value }) {
  const row = rowOfItem(value);
  if (!row) { add([value]); return; }
  elementOf(row.key).scrollIntoView({ block: 'nearest' });
  elementOf(row.key).focus();
}

function revealOne(pressed) {
  const row = pressed.closest('.icat-tk-row');
  reveal(row ? rowOf(row.dataset.key).item_id : pressed.value);
}

function ownKind() {
  find('#toolkit-own-level').closest('p').hidden = kind.value !== 'indicator';
}

onPress(document, 'tk', {
  choose: ({ value }) => choose(value),
  add: addOne,
  'add-all': (pressed) => add(idsUnder(pressed)),
  reveal: revealOne,
  up: (pressed) => move(pressed, -1),
  down: (pressed) => move(pressed, 1),
  original: toOriginal,
  keep: keepAsFile,
  load: () => file.click(),
  export: produce,
  new: startAnew,
  dismiss: dismissNote,
  remove, undo, clear,
});
onSubmit(view, { 'toolkit-filters': browse, 'toolkit-own': addOwn });
find('#toolkit-filters').addEventListener('input', ({ target }) => {
  if (target.name === 'words') browseSoon(); else browse();
});
kind.addEventListener('input', ownKind);
sheet.addEventListener('input', ({ target }) => { if (target.closest('.icat-tk-row, .icat-tk-title')) edited(target); });
sheet.addEventListener('focusout', ({ target }) => { // an emptied wording gets its words back
  if (target.dataset.field && target.closest('.icat-tk-row')) setTimeout(show);
});
new IntersectionObserver(([{ isIntersecting }]) => { // no way to where one is
  find('#toolkit-jump').classList.toggle('icat-tk-there', isIntersecting);
}, { rootMargin: '0px 0px -30% 0px' }).observe(sheet);
file.addEventListener('change', () => {
  if (file.files.length) openFile(file.files[0]);
  file.value = '';
});
window.addEventListener('storage', ({ key }) => {
  if (key !== KEY && key !== null) return;
  read();
  tell(_('The sheet was changed in another tab; this is how it is now.'));
});
window.addEventListener('beforeunload', (event) => { if (!isKept() && rows().length) event.preventDefault(); });
document.addEventListener('icat-sheet-add', ({ detail }) => addFromElsewhere(detail));

ownKind();
read();
saveNow();
homes.sheet = home;
document.body.classList.add('icat-has-sheet');
onView('toolkit', arrive);
