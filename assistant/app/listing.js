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

// The design sheet says what it holds now; a button stands for one item or for all of a group.
function added(event) {
  const ids = new Set(((event.detail && event.detail.items) || []).map((item) => item.id));
  document.querySelectorAll('.icat-add').forEach((button) => {
    if (!JSON.parse(button.value).every((id) => ids.has(id))) return;
    button.textContent = 'Added';
    button.setAttribute('aria-label', button.getAttribute('aria-label').replace(/^Add\b/, 'Added'));
    button.setAttribute('aria-disabled', 'true');
  });
}
window.addEventListener('icat-sheet-added', added);

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
