// From sentence to sentence: the next one to judge or to decide, back, off, and undo.
import { Failure, send } from '../channel.js';
import { all, fill, find } from '../dom.js';
import { complete, desk, dropDraft, hold, isUnsaved, leaveFields, progress, show, takeBackChoice, took, who } from './judge.js';
import { list } from './list.js';
import { asking, mine, tell } from './mine.js';
import { address, go, place, showScreen, staying } from './place.js';
import { fillResults } from './results.js';
import { write, written } from './writing.js';
import { _ } from '../texts.js';

let wishes = 0; // what was asked to be shown until now

// Gives a function that says whether nothing else was asked for since.
function wish() {
  wishes += 1;
  const mineOf = wishes;
  const there = staying();
  return () => wishes === mineOf && there();
}

// --- beginning ---

export function rate(review) {
  if (mine.rater) begin(review, false, null); else askWho(review);
}

export function decide(review, number) {
  begin(review, true, number);
}

function begin(review, deciding, position) {
  Object.assign(desk, { deciding, view: null, ready: new Map() });
  all('#icat-review [data-mode]').forEach((part) => { part.hidden = (part.dataset.mode === 'decide') !== deciding; });
  find('#review-to-results').href = address(review, 'results');
  find('#review-by').value = mine.by;
  find('#review-place').textContent = '';
  fill(find('#icat-review'), { heading: '', claim: '', rater: mine.rater });
  showScreen('judge', _('The next sentence is coming…'));
  toPosition(position).catch((error) => {
    if (deciding || !(error instanceof Failure)) throw error;
    mine.rater = '';
    askWho(review, error.message);
  });
}

// Nobody of this name judges the review in this tab: the names are in the list.
function askWho(review, text = '') {
  showScreen('start');
  list(() => {
    tell(text || _('Press the button with your name to begin.'));
    find(`.icat-rv-card[data-review="${review}"] button`)?.focus();
  });
}

// --- moving ---

// The sentence at a position, or the first that is not judged or decided; `finished`, `results` or `nothing` where
// there is no such sentence to be shown.
function fetchStep(position) {
  const { review } = place;
  return desk.deciding ? send('review/contest', { ...asking(review), position })
    : send('review/fetch', { review, ...who(), position });
}

async function toPosition(position) {
  const wanted = wish();
  const main = find('#review-main');
  let step = desk.ready.get(position)?.view;
  if (!step) {
    main.setAttribute('aria-busy', 'true');
    await written(); // else what comes would not know of it
    step = await fetchStep(position).finally(() => main.removeAttribute('aria-busy'));
    if (!wanted()) return;
    if (step.step === 'results') { showScreen('results'); fillResults(step); return; }
    if (step.step === 'nothing') { go(address(place.review, 'results')); return; }
    progress(step);
  }
  show(step);
  prefetch(step);
}

// What may come next is fetched with its page images, before it is asked for.
function prefetch({ open, next: after }) {
  const there = staying();
  [...new Set([open, after])].filter((position) => position && !desk.ready.has(position)).forEach((position) => {
    fetchStep(position).then((step) => { if (there() && !desk.ready.has(step.position)) hold(step); }, () => {});
  });
}

// The next one that is not judged, or not decided.
export async function next() {
  if (!desk.view) return;
  leaveFields();
  tell('');
  const { view, said, deciding } = desk;
  if (!complete(said)) { tell(lacking()); return; }
  const following = desk.ready.get(view.open)?.view;
  if (following && !following.own && !isUnsaved(following)) { toPosition(view.open); return; }
  const wanted = wish();
  await written(); // what was said may change which one is next
  if (!wanted()) return;
  if (deciding && !view.open) go(address(view.review, 'results')); else toPosition(deciding ? view.open : null);
}

function lacking() {
  const { view, said, deciding } = desk;
  if (said.support) return _('Say of the citation too: q, w or e.');
  if (deciding) return view.whole ? _('Choose 1, 2 or 3 first.') : _('Choose 1, 2, 3 or 4 first.');
  return view.whole ? _('Choose 1, 2 or 3 first, or put it off with s.')
    : _('Choose 1, 2, 3 or 4 first, or put it off with s.');
}

// To the sentence after or before, `way` 'next' or 'previous', judged or not.
export function step(way) {
  if (!desk.view) {
    const total = Number(find('#review-done').dataset.total);
    if (way === 'previous' && total) toPosition(total);
    return;
  }
  leaveFields();
  const { [way]: position } = desk.view;
  const end = way === 'next' ? _('This is the last sentence.') : _('This is the first sentence.');
  tell(position ? '' : end);
  if (position) toPosition(position);
}

export async function skip() {
  if (!desk.view || desk.deciding) return;
  const { review, position, claim } = desk.view;
  const kept = await write('skip', { review, ...who(), position, claim });
  took(kept);
  tell(kept.open ? _('Put off until the others are judged.') : _('It is the only one left.'));
  if (kept.open) toPosition(kept.open);
}

export async function undo() {
  if (takeBackChoice()) { tell(_('Taken back.')); return; }
  if (desk.deciding && !mine.by) { find('#review-by').focus(); return; }
  const back = await write(desk.deciding ? 'unsettle' : 'undo', { review: place.review, ...who() });
  if (back.step === 'nothing') { tell(back.text); return; }
  wish();
  dropDraft(back);
  progress(back);
  show(back);
  tell(_('Taken back.'));
}
