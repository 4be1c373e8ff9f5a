// Lists of the Toolkit in an answer: a correction in its place, and the way of items to the design sheet.
import { all, find } from '../dom.js';
import { _ } from '../texts.js';

let onSheet = new Set(); // ids of what the design sheet holds

// A correction must leave the reader where they are: same place on the screen, same choice under the keyboard.
export function takePlace(old, answer) {
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const name = focused && focused.textContent;
  const top = old.getBoundingClientRect().top;
  answer.after(old); // so that it is laid out as an answer that others follow
  old.hidden = true;
  window.scrollBy({ top: answer.getBoundingClientRect().top - top, behavior: 'instant' });
  if (!focused) return;
  const same = all('button.icat-chip', answer).find((chip) => chip.textContent === name);
  (same || find('.icat-question', answer)).focus({ preventScroll: Boolean(same) });
}

// A button stands for one item, or for all of a group.
export function markAdded() {
  all('.icat-add').forEach((button) => {
    const there = JSON.parse(button.value).every((id) => onSheet.has(id));
    if (there === added(button)) return;
    const { text = button.textContent, name = button.getAttribute('aria-label') } = button.dataset;
    Object.assign(button.dataset, { text, name });
    button.textContent = there ? _('Added') : text;
    button.setAttribute('aria-label', there ? _('Added: {text}', { text: name }) : name);
    button.setAttribute('aria-disabled', String(there));
  });
}

const added = (button) => button.getAttribute('aria-disabled') === 'true';

export function addToSheet(button) {
  if (added(button)) return;
  document.dispatchEvent(new CustomEvent('icat-sheet-add', { detail: JSON.parse(button.value) }));
}

export function unfold(button) {
  const folds = all('.icat-fold', button.closest('.icat-listing'));
  const open = folds.some((fold) => !fold.open);
  folds.forEach((fold) => { fold.open = open; });
  button.textContent = open ? _('Close the groups') : _('Open all groups');
}

document.addEventListener('icat-sheet-holds', ({ detail }) => {
  onSheet = new Set(detail);
  markAdded();
});
