// The conversation of this tab: a record of its turns, kept so that it outlasts a reload.
import { all, find } from '../dom.js';
import { conversation } from '../keep.js';

const FULL = 'This conversation has become too long to outlast a reload. Save it as a file, or start a new one.';

let record = null; // {version, turns}: see `assistant.show.record`
let meanwhile = null; // the same of one turn, which is shown until its answer is there

export const turns = () => (record ? record.turns : []);
export const asRecord = (some = turns()) => (some.length ? { ...record, turns: some } : null);

export const holdMeanwhile = (answered) => { meanwhile = answered; };

// A record of the one turn that a label stands in; null where there is none.
export function recordOf(label) {
  if (label.closest('.icat-meanwhile')) return meanwhile;
  const turn = turns()[Number(label.value.split('.')[0])];
  return turn ? asRecord([turn]) : null;
}

// A record of the one turn that something on the page stands in.
export const recordAround = (part) => asRecord([turns()[Number(part.closest('.icat-turn').dataset.turn)]]);

// What was kept, as it was: the server says whether it can be read.
export function restore() {
  const kept = conversation.read() || {};
  record = Array.isArray(kept.record?.turns) ? kept.record : null;
  return kept;
}

export function add(answered) {
  record = record || { ...answered, turns: [] };
  record.turns.push(...answered.turns);
}

export function replaceTurn(number, answered) {
  [record.turns[number]] = answered.turns;
}

export function dropLast() {
  record.turns.pop();
}

export function forget() {
  record = null;
}

// `question`: one that waits for its answer. `busy`: whether any does.
export function keep(question = null, busy = false) {
  const kept = conversation.write(record || question ? { record, draft: question } : null);
  find('#icat-full').textContent = kept ? '' : FULL;
  find('#icat-intro').hidden = Boolean(turns().length || find('.icat-turn'));
  all('[data-do="save"]').forEach((button) => { button.disabled = !turns().length; });
  document.body.classList.toggle('icat-busy', busy);
}
