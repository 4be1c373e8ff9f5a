// Judging by keyboard. While one types in a field, keys write.
import { find } from '../dom.js';
import { current } from '../page.js';
import { FIELDS, change, choose, desk, leaveFields, typedIn } from './judge.js';
import { keepMine, mine } from './mine.js';
import { next, skip, step, undo } from './moves.js';

const FIELD = 'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable]';
const acts = {
  1: () => (desk.view?.whole ? choose('answers', 'answers') : choose('support', 'full')),
  2: () => (desk.view?.whole ? choose('answers', 'partly') : choose('support', 'partial')),
  3: () => (desk.view?.whole ? choose('answers', 'does not') : choose('support', 'none')),
  4: () => choose('support', "can't tell"),
  q: () => choose('citation', desk.view?.cited ? 'right page' : 'no citation'),
  w: () => choose('citation', 'wrong page'),
  e: () => choose('citation', 'better source exists'),
  x: wrong,
  c: () => { if (desk.view) find('#review-comment').focus(); },
  s: skip,
  u: undo,
  Enter: next,
  ArrowRight: () => (desk.view?.next ? step('next') : next()),
  ArrowLeft: () => step('previous'),
  '?': help,
  '؟': help,
};

export function wrong() {
  if (!desk.view?.whole) change({ source_wrong: !desk.said?.source_wrong });
}

export function help() {
  find('#review-help').showModal();
  find('#review-help-title').focus();
}

// What acts are named by: what the key types; on a keyboard that types no Latin letters, the letter that others have
// there. Figures are where they are everywhere, also on a French keyboard, which types them with Shift.
function nameOf({ key, code, shiftKey }) {
  const name = key.length === 1 ? key.toLowerCase() : key;
  const [, letter, figure] = code.match(/^(?:Key([A-Z])|Digit(\d))$/) || [];
  const latin = letter && !/^\P{Script=Latin}$/u.test(key);
  return acts[name] || shiftKey || latin ? name : letter?.toLowerCase() || figure || name;
}

function onKey(event) {
  if (current() !== 'review' || find('[data-screen="judge"]').hidden) return;
  if (event.isComposing || event.altKey || find('dialog[open]')) return;
  const { target } = event;
  if (target.matches(FIELD)) { inField(event); return; }
  if (event.ctrlKey || event.metaKey || !mine.keys) return;
  const name = nameOf(event);
  const pressed = target.closest('button, a, summary');
  if (name === 'Enter' && pressed && pressed.getAttribute('aria-pressed') !== 'true') return; // it does what it says
  if (/^Arrow/.test(name) && target.closest('.icat-page-frame')) return; // there they scroll
  if (!acts[name]) return;
  acts[name]();
  event.preventDefault();
}

// Escape leaves a field, Enter leaves it and goes on.
function inField(event) {
  const { target, key } = event;
  if (!find('#review-form').contains(target)) return;
  const goesOn = key === 'Enter' && !event.shiftKey;
  if (!goesOn && key !== 'Escape') return;
  if (goesOn) event.preventDefault(); else target.blur();
  if (desk.view) find('#review-sentence').focus({ preventScroll: true });
  if (goesOn && target.id !== 'review-by') next();
}

export function listenToKeys() {
  document.addEventListener('keydown', onKey);
  const form = find('#review-form');
  form.addEventListener('input', ({ target }) => {
    if (target.id === 'review-by') {
      mine.by = target.value.trim();
      keepMine();
    } else if (desk.view && FIELDS.includes(target.name)) typedIn(target);
  });
  form.addEventListener('change', ({ target }) => { if (FIELDS.includes(target.name)) leaveFields(); });
  const box = find('#review-keys');
  const show = () => document.body.classList.toggle('icat-no-keys', !mine.keys);
  box.checked = mine.keys;
  box.addEventListener('change', () => {
    mine.keys = box.checked;
    keepMine();
    show();
  });
  show();
}
