// Asking: one question at a time, its wait, its draft, its answer, or why there is none.
import { Failure, steps } from '../channel.js';
import { all, element, find, scroll } from '../dom.js';
import { box, filters, put, say, tell, written } from './composer.js';
import { addToDraft, showMeanwhile } from './draft.js';
import { startEdit } from './earlier.js';
import { markAdded, takePlace } from './lists.js';
import { openFirst } from './panel.js';
import { add, asRecord, cut, holdMeanwhile, keep, turns } from './turns.js';
import { _ } from '../texts.js';

const TAIL = 4; // turns that go along with a question: a follow-up looks back no further
const SEARCHED = _('The publications were searched instead. “Ask again” reads your question afresh.');

let asking = null; // {question, how, article, again, inPlace, closing}: what is waited for

// `from`: the number of the first of the turns that the answer replaces; `edited`: they are kept as a conversation of
// their own. `corrected`: {act, wanted}, what is asked for in place of what would be understood. An answer that is
// corrected stays in view until the new one is there. `byModel`: whether one may write.
export async function ask(typed, how = {}) {
  const { from = turns().length, corrected = null, byModel = written() } = how;
  const question = typed.trim();
  if (!question || asking) return;
  const before = turns().slice(0, from);
  const pending = begin(question, { ...how, from, corrected });
  const record = asRecord(before.slice(-TAIL));
  const content = { question, number: before.length, record, corrected, written: byModel, ...filters() };
  try {
    for await (const step of steps('chat/ask', content, pending.closing)) {
      if (asking !== pending) return;
      if (step.step === 'answered') answered(step); else underWay(step);
    }
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (asking === pending) failed(error.message);
  }
}

export function askAgain() {
  const last = turns().at(-1);
  if (last) ask(last.question, { from: turns().length - 1 });
}

// A choice of what was understood: only of the last turn, whose answer it replaces. Where what was typed says too
// little, a choice brings a question of its own.
export function correct(chip) {
  const last = turns().at(-1);
  const article = chip.closest('.icat-turn');
  if (!last || article !== all('.icat-turn:not(.icat-failed)').at(-1)) return;
  const { corrected, question } = JSON.parse(chip.value);
  ask(question || last.question, { from: turns().length - 1, corrected });
}

export function stop() {
  if (!asking) return;
  const { article, inPlace, closing } = asking;
  closing.abort();
  article.remove();
  giveBack();
  tell(inPlace ? _('Stopped. The answer is as it was.') : _('Stopped. Your question is back in the box.'));
  if (!inPlace) box().focus();
}

// What the publications say is enough: the model is stopped, and they are quoted.
export function quoteAlone() {
  const { question, how, article, again, closing } = asking;
  closing.abort();
  article.remove();
  asking = null;
  showAgain(again);
  ask(question, { ...how, byModel: false });
}

// For another conversation, which takes the place of this one.
export function abandon() {
  asking?.closing.abort();
  asking = null;
}

function begin(question, how) {
  all('.icat-failed').forEach((article) => article.remove());
  const again = all('#icat-turns > .icat-turn').slice(how.from);
  const article = element(
    'article',
    { className: 'icat-turn icat-pending' },
    element('h3', { className: 'icat-question', dir: 'auto', textContent: question }),
    element('p', { className: 'icat-waiting' }),
  );
  const inPlace = Boolean(again.length && how.corrected);
  find('#icat-turns').append(article);
  again.forEach((turn) => { turn.hidden = !inPlace; });
  if (inPlace) { article.hidden = true; again[0].setAttribute('aria-busy', 'true'); }
  asking = { question, how, article, again, inPlace, closing: new AbortController() };
  say('');
  keep(inPlace ? null : question);
  if (!inPlace) scroll(article);
  return asking;
}

function underWay({ text, sentence, html, turn }) {
  const line = find('.icat-waiting', asking.article);
  const news = line.textContent !== text;
  line.textContent = text;
  if (html) { holdMeanwhile(turn); showMeanwhile(asking.article, html); }
  if (sentence) addToDraft(asking.article, sentence);
  else if (news) say(text);
}

function answered({ html, turn, said }) {
  const { article, again, inPlace, how } = asking;
  asking = null;
  article.insertAdjacentHTML('beforebegin', html);
  const answer = article.previousElementSibling;
  if (inPlace) takePlace(again[0], answer);
  again.forEach((old) => old.remove());
  if (again.length) cut(how.from, how.edited);
  article.remove();
  markAdded();
  add(turn);
  keep();
  const searched = inPlace && how.corrected.act === 'ask' && find('.icat-listing', again[0]);
  if (searched) tell(SEARCHED); else say(said);
  if (!inPlace) scroll(answer);
  openFirst(answer);
}

function failed(text) {
  const { article, inPlace } = asking;
  if (inPlace) {
    article.remove();
    tell(text);
  } else {
    all('.icat-draft, .icat-meanwhile', article).forEach((part) => part.remove());
    const line = find('.icat-waiting', article);
    line.className = 'icat-warning';
    line.setAttribute('role', 'alert'); // before its words, so that they are read out
    line.textContent = text;
    article.className = 'icat-turn icat-failed';
  }
  giveBack();
}

// All is as it was before the question, which is in the box again.
function giveBack() {
  const { question, how, again, inPlace } = asking;
  asking = null;
  showAgain(again);
  if (!box().value && !inPlace) {
    put(question);
    if (how.edited) startEdit(how.from);
  }
  keep();
}

function showAgain(again) {
  again.forEach((turn) => {
    turn.hidden = false;
    turn.removeAttribute('aria-busy');
  });
}
