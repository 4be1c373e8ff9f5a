// --- lists of the Toolkit: corrections, what to ask next, items for the design sheet ---

const SEARCHED = 'The publications were searched instead. “Ask again” brings the list back.';
const CHIPS = '.icat-chips button:not([aria-disabled])';

// A correction must leave the reader where they are: same place on the screen, same choice under the keyboard.
function takePlace(old, answer) {
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const name = focused && focused.textContent;
  const top = old.getBoundingClientRect().top;
  answer.after(old); // so that it is laid out as an answer that others follow
  old.hidden = true;
  window.scrollBy({ top: answer.getBoundingClientRect().top - top, behavior: 'instant' });
  if (!focused) return;
  const same = [...answer.querySelectorAll('.icat-chips button')].find((chip) => chip.textContent === name);
  (same || answer.querySelector('.icat-question')).focus({ preventScroll: Boolean(same) });
}

function correct(button) {
  const last = turns().at(-1);
  const article = button.closest('.icat-turn');
  if (!last || asking || article !== [...document.querySelectorAll('.icat-turn:not(.icat-failed)')].at(-1)) return;
  ask(last.question, article, { wanted: JSON.parse(button.value) });
}

function add(button) {
  const items = JSON.parse(button.value).map((id) => ({ id }));
  document.dispatchEvent(new CustomEvent('icat-sheet-add', { detail: { items } }));
}

let onSheet = new Set(); // ids of what the design sheet holds

// A button stands for one item, or for all of a group.
function markAdded() {
  document.querySelectorAll('.icat-add').forEach((button) => {
    const there = JSON.parse(button.value).every((id) => onSheet.has(id));
    if (there === (button.getAttribute('aria-disabled') === 'true')) return;
    const [name, text] = [button.getAttribute('aria-label'), button.dataset.text || button.textContent];
    button.dataset.text = text;
    button.textContent = there ? 'Added' : text;
    button.setAttribute('aria-label', there ? name.replace(/^Add\b/, 'Added') : name.replace(/^Added\b/, 'Add'));
    button.setAttribute('aria-disabled', String(there));
  });
}
window.addEventListener('icat-sheet-added', ({ detail }) => {
  onSheet = new Set(detail.items.map((item) => item.id));
  markAdded();
});

const ofLists = {
  correct,
  suggest: (button) => ask(button.textContent, null, { wanted: JSON.parse(button.value) }),
  add: (button) => { if (button.getAttribute('aria-disabled') !== 'true') add(button); },
  unfold: (button) => {
    const folds = [...button.closest('.icat-listing').querySelectorAll('.icat-fold')];
    const open = folds.some((fold) => !fold.open);
    folds.forEach((fold) => { fold.open = open; });
    button.textContent = open ? 'Close the groups' : 'Open all groups';
  },
};
