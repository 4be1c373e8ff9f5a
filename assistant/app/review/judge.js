// The sentence in front of a rater who judges it, or of somebody who decides what raters differ on.
import { all, fill, find } from '../dom.js';
import { decoded, showMarked, sourceFrom } from '../source.js';
import { keepMine, mine, tell } from './mine.js';
import { toTop } from './place.js';
import { keepSafe, keyOf, waiting } from './writing.js';
import { _, ngettext, number } from '../texts.js';

export const FIELDS = ['better', 'comment'];
const READY = 6; // sentences that are kept ready

export const desk = {
  deciding: false,
  view: null, // the sentence shown, as the server sent it
  said: null, // what is chosen of it
  ready: new Map(), // position -> {view, sources}: sentences with their page images, also before they are needed
};

export const who = () => (desk.deciding ? { by: mine.by } : { rater: mine.rater });
export const complete = ({ support, citation, answers }) => Boolean(answers || (support && citation));
export const touched = () => JSON.stringify(trimmed()) !== JSON.stringify(sent(desk.view));
export const isUnsaved = (view = desk.view) => Boolean(mine.unsaved[keyIn(view)]);

const keyIn = ({ claim }) => keyOf({ ...who(), claim });
const oneLine = (text) => text.replace(/\s+/g, ' ').trim();
const trimmed = () => ({ ...desk.said, better: oneLine(desk.said.better), comment: oneLine(desk.said.comment) });

// What was last said of a sentence, as far as it was sent.
function sent(view) {
  const asked = view.whole ? { support: null, citation: null, answers: '' }
    : { support: '', citation: view.cited ? '' : 'no citation', answers: null };
  return { ...asked, source_wrong: false, better: '', comment: '', ...view.own, ...mine.unsaved[keyIn(view)]?.content.said };
}

// --- showing ---

// Keeps a sentence ready, and gives its sources.
export function hold(view) {
  const { ready } = desk;
  const before = ready.get(view.position);
  const sources = before?.view === view ? before.sources : sourceFrom(view.sources);
  decoded(sources);
  ready.delete(view.position); // the one that is held last goes last
  ready.set(view.position, { view, sources });
  if (ready.size > READY) ready.delete(ready.keys().next().value);
  find('#review-main').dataset.ready = [...ready.keys()].join(' ');
  return sources;
}

// `step`: the sentence, one that is held; or word that all are judged.
export function show(step) {
  const finished = step.step === 'finished';
  desk.view = finished ? null : step;
  desk.said = finished ? null : { ...sent(step), ...mine.drafts[keyIn(step)] };
  fill(find('#icat-review'), { heading: '', note: '', claim: '', ...step });
  find('#review-done').dataset.total = step.total;
  saved();
  if (finished) {
    progress(step);
    toTop(find('#review-done h3'));
    return;
  }
  find('#review-claim').innerHTML = step.html;
  find('#review-verdicts').innerHTML = step.verdicts || '';
  find('#review-sources').replaceChildren(hold(step));
  paint();
  showMarked(find('#review-sources'));
  toTop(find('#review-sentence'));
}

export function paint() {
  const { view, said } = desk;
  all('[data-rv="choose"]').forEach((each) => {
    each.setAttribute('aria-pressed', String(said[each.dataset.name] === each.value));
    if (each.dataset.name === 'citation') each.hidden = view.cited ? each.value === 'no citation' : / page$/.test(each.value);
  });
  all('[data-of]', find('#review-form')).forEach((part) => {
    part.hidden = (part.dataset.of === 'whole') !== view.whole;
  });
  find('[data-rv="wrong"]').setAttribute('aria-pressed', String(said.source_wrong));
  find('#review-better-line').hidden = said.citation !== 'better source exists';
  FIELDS.forEach((name) => {
    const field = find(`#review-${name}`);
    if (field.value !== said[name]) field.value = said[name];
  });
  find('#review-form [data-rv="previous"]').disabled = !view.previous;
  progress();
}

let far = { words: '', judged: 0, total: 1 };

// How far one is, as the server last said.
export function progress(step = null) {
  if (step) far = { words: step.far, judged: step.judged, total: step.total };
  find('#review-place').textContent = [desk.view?.place, far.words].filter(Boolean).join(' · ');
  Object.assign(find('#review-far'), { max: Math.max(far.total, 1), value: far.judged });
}

let alarm = ''; // what was last told of something that is not saved

// What is known to be saved; `text`: why something is not, `refused`: it will not be tried again.
export function saved(text = '', refused = false) {
  const line = find('#review-saved');
  line.classList.toggle('icat-warning', Boolean(text));
  if (text) {
    const refusal = _('Not saved: {why}', { why: text });
    const again = _('Not saved yet ({number}): kept in this tab, and sent again.', { number: number(waiting()) });
    line.textContent = refused ? refusal : again;
    alarm = refused ? refusal : _('Not saved yet. {why}', { why: text });
    tell(alarm);
    return;
  }
  line.textContent = desk.view ? savedWords() : '';
  if (!waiting() && alarm && find('#review-said').textContent === alarm) tell(_('Saved.'));
}

function savedWords() {
  if (waiting()) return isUnsaved() ? _('Saving…') : ngettext('{n} not saved yet', '{n} not saved yet', waiting());
  const [one, both] = [_('Not saved yet: choose 1, 2 or 3'), _('Not saved yet: choose for both questions')];
  if (touched()) return desk.view.whole ? one : both;
  return desk.view.own ? _('Saved.') : '';
}

// --- choosing ---

export function choose(name, value) {
  const button = all(`[data-rv="choose"][data-name="${name}"]`).find((each) => each.value === value);
  if (button && !button.closest('[hidden]')) change({ [name]: value });
}

export function change(changed) {
  if (!desk.view) return;
  if (desk.deciding && !mine.by) {
    saved(_('say who decides first.'), true);
    find('#review-by').focus();
    return;
  }
  Object.assign(desk.said, changed);
  if (complete(desk.said)) keep(); else keepDraft();
  paint();
  if (changed.citation === 'better source exists') find('#review-better').focus();
}

function keep() {
  const { review, position, claim } = desk.view;
  keepSafe(desk.deciding ? 'settle' : 'judge', { review, ...who(), position, claim, said: trimmed() });
  saved();
}

function keepDraft() {
  mine.drafts[keyIn(desk.view)] = { ...desk.said };
  keepMine();
  saved();
}

export function dropDraft(view) {
  delete mine.drafts[keyIn(view)];
  keepMine();
}

// The server has kept what was sent, perhaps with its words put in order.
export function took(step, said) {
  const views = [desk.view, desk.ready.get(step.position)?.view].filter((view) => view?.claim === step.claim);
  if (!views.length) return; // one is elsewhere by now
  views.forEach((view) => Object.assign(view, step));
  progress(step);
  if (!views.includes(desk.view)) return;
  if (step.verdicts) find('#review-verdicts').innerHTML = step.verdicts;
  if (step.own && JSON.stringify(trimmed()) === JSON.stringify(said)) {
    FIELDS.filter((name) => find(`#review-${name}`) !== document.activeElement) // in which nobody writes
      .forEach((name) => { desk.said[name] = step.own[name]; });
  }
  paint();
}

// Words are kept while they are typed, and sent when the field is left.
export function typedIn(field) {
  desk.said[field.name] = field.value;
  keepDraft();
}

export function leaveFields() {
  if (desk.view && complete(desk.said) && touched()) keep();
}

// Takes back what was chosen here and is not sent; whether there was any.
export function takeBackChoice() {
  if (!desk.view || !touched() || isUnsaved()) return false;
  dropDraft(desk.view);
  show(desk.view);
  return true;
}
