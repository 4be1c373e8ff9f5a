// The conversation of this tab: a record of its turns, kept so that it outlasts a reload, and saved in this browser.
import { all, find } from '../dom.js';
import { conversation } from '../keep.js';
import { available, freshId, keepOwn } from '../saved.js';
import { _ } from '../texts.js';

const FULL = _('This conversation has become too long to outlast a reload. Save it as a file, or start a new one.');
const NO_ROOM = _('This browser has no room to keep this conversation under “Saved”. Save it as a file.');
const STAMPS = 3; // a change may not be there yet when the next one is made
const TITLE = 80; // characters

let record = null; // {version, turns}: see `assistant.show.record`
let place = newPlace(); // {id, stamps} of the conversation where it is saved, see saved.js
let changed = false; // since it was saved
let saving = Promise.resolve(); // one after the other
let draft = null; // a question that waits for its answer
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

export const isHere = (id) => Boolean(record) && place.id === id;

// What was kept, as it was: the server says whether it can be read.
export function restore() {
  const kept = conversation.read() || {};
  record = Array.isArray(kept.record?.turns) ? kept.record : null;
  if (kept.place) place = kept.place;
  else changed = Boolean(record); // kept when nothing was saved yet
  return kept;
}

// A saved conversation takes the place of what is here.
export function hold({ id, when, record: found }) {
  record = found;
  place = { id, stamps: [when] };
  changed = false;
}

export function add(answered) {
  record = record || { ...answered, turns: [] };
  record.turns.push(...answered.turns);
  changed = true;
}

export function replaceTurn(number, answered) {
  [record.turns[number]] = answered.turns;
  changed = true;
}

// Leaves the turns before this number. `branch`: what goes on from them is a conversation of its own.
export function cut(number, branch) {
  record.turns.splice(number);
  if (branch) place = newPlace();
}

export function forget() {
  record = null;
  place = newPlace();
  changed = false;
}

// When all that was to be saved is.
export const settled = () => saving;

// `question`: one that waits for its answer.
export function keep(question = null) {
  draft = question;
  find('#icat-full').textContent = '';
  if (changed) save();
  if (!write()) find('#icat-full').textContent = FULL;
  find('#icat-intro').hidden = Boolean(turns().length || find('.icat-turn'));
  all('[data-do="save"]').forEach((button) => { button.disabled = !turns().length; });
}

function write() {
  return conversation.write(record || draft ? { record, draft, place } : null);
}

function save() {
  changed = false;
  const [mine, kept] = [place, asRecord([...turns()])];
  mine.stamps = [new Date().toISOString(), ...mine.stamps].slice(0, STAMPS);
  saving = saving.then(() => keepOwn({ ...mine, title: titleOf(kept), record: kept })).then((id) => {
    if (id === mine.id) return;
    mine.id = id;
    if (mine === place) write();
  }, async () => {
    if (await available() && mine === place) find('#icat-full').textContent = NO_ROOM;
  });
}

function titleOf({ turns: [{ question }] }) {
  const line = question.split(/\s+/).join(' ');
  return line.length > TITLE ? `${line.slice(0, TITLE - 1)}…` : line;
}

function newPlace() {
  return { id: freshId(), stamps: [] };
}
