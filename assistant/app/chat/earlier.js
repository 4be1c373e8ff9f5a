// Questions that were asked before: one to be changed and asked again, and those that the arrow keys bring back.
import { find } from '../dom.js';
import { available } from '../saved.js';
import { box, put, say } from './composer.js';
import { turns } from './turns.js';
import { _ } from '../texts.js';

const REPLACES = _('Asking this replaces this question and what follows it.');
const STAYS = _('Asking this starts again from this question. The conversation as it is now stays under “Saved”.');

let editing = null; // the number of the turn whose question is in the box, to be asked again
let typed = ''; // what stood in the box before
let back = 0; // how many questions back the arrows have gone

export const edited = () => editing;

export async function edit(button) {
  const number = Number(button.closest('.icat-turn').dataset.turn);
  if (editing === null) typed = box().value;
  write(turns()[number].question);
  box().focus();
  await startEdit(number);
  say(find('#icat-editing span').textContent);
}

export async function startEdit(number) {
  editing = number;
  const text = await available() ? STAYS : REPLACES;
  if (editing === null) return; // it was left meanwhile
  find('#icat-editing span').textContent = text;
  find('#icat-editing').hidden = false;
}

export function endEdit() {
  editing = null;
  typed = '';
  back = 0;
  find('#icat-editing').hidden = true;
}

export function leaveEdit() {
  if (editing === null) return;
  put(typed);
  endEdit();
  box().focus();
}

// Up goes back to older questions as long as nothing else was typed, down comes back. Returns whether it did anything.
export function recall(key) {
  const step = { ArrowUp: 1, ArrowDown: -1 }[key];
  const asked = turns().map((turn) => turn.question);
  if (!box().value) back = 0;
  else if (!back || box().value !== asked.at(-back)) return false;
  const next = back + step;
  if (!step || next < 0 || next > asked.length) return false;
  back = next;
  write(back ? asked.at(-back) : '');
  return true;
}

function write(text) {
  put(text);
  box().setSelectionRange(text.length, text.length);
}
