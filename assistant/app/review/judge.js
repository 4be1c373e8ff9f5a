// --- one sentence at a time: a rater judges, or somebody decides what raters differ on ---
const FIELDS = ['better', 'comment'];
const KEYS = {
  1: ['support', 'full'], 2: ['support', 'partial'], 3: ['support', 'none'], 4: ['support', "can't tell"],
  q: ['citation', 'right page'], w: ['citation', 'wrong page'], e: ['citation', 'better source exists'],
};
let mode = 'rate'; // or 'decide'
let work = null; // {review, view, said}: the sentence shown and what is chosen
let far = {}; // {judged, total, skipped}
let given = new Set(); // positions judged since the screen was opened
let wanted = 0; // counts what was asked to be shown: a reply to an older wish is not

const who = () => (mode === 'rate' ? mine.rater : mine.by);
const button = (name, value) => all(`[data-rv="choose"][data-name="${name}"]`).find((each) => each.value === value);
const blank = (view) => ({ support: '', citation: view.cited ? '' : 'no citation', source_wrong: false, better: '', comment: '' });
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const complete = (said) => Boolean(said.support && said.citation);
const draftKey = () => keyOf({ rater: who(), claim: work.view.claim });

function rate(review) {
  mode = 'rate';
  if (!mine.rater) { askWho(review); return; }
  open(review);
  afterWriting(() => {
    if (place.review !== review || place.screen !== 'rate') return;
    fetch_(null, (step) => show(step, true), (text) => {
      mine.rater = '';
      askWho(review, text);
    });
  });
}

// Nobody of this name judges the review in this tab: the names are in the list.
function askWho(review, text = '') {
  showScreen('start');
  list(() => {
    tell(text || 'Press the button with your name to begin.');
    const first = find(`.icat-rv-card[data-review="${review}"] button`);
    if (first) first.focus();
  });
}

function decide(review, number) {
  mode = 'decide';
  open(review);
  contest(review, number);
}

function open(review) {
  work = null;
  ready = new Map();
  given = new Set();
  all('#icat-review [data-mode]').forEach((part) => { part.hidden = part.dataset.mode !== mode; });
  find('#review-to-results').href = address(review, 'results');
  find('#review-who').textContent = mine.rater;
  find('#review-by').value = mine.by;
  find('#review-done').hidden = true;
  find('#review-main').hidden = true;
  find('#review-place').textContent = '';
  showScreen('judge', 'The next sentence is coming…');
}

// --- showing ---

function toPosition(position) {
  wanted += 1;
  const wish = wanted;
  const held = ready.get(position);
  if (held) { show(held.view); return; }
  find('#review-main').setAttribute('aria-busy', 'true');
  fetch_(position, (step) => { if (wish === wanted) show(step); }, (text) => {
    find('#review-main').removeAttribute('aria-busy');
    tell(text);
  });
}

function show(step, fresh = false) {
  if (step.step === 'finished') { finish(step); return; }
  const decided = mode === 'decide';
  const held = ready.get(step.position);
  const sources = !decided && held ? held.sources : hold(step);
  work = { view: step, said: null };
  const draft = mine.unsaved[draftKey()] ? mine.unsaved[draftKey()].content.said : mine.drafts[draftKey()];
  work.said = { ...blank(step), ...(step.own || {}), ...(draft || {}) };
  find('#review-done').hidden = true;
  const main = find('#review-main');
  main.hidden = false;
  main.removeAttribute('aria-busy');
  find('#review-claim').innerHTML = step.html;
  find('#review-verdicts').innerHTML = decided ? step.verdicts : '';
  find('#review-sources').replaceChildren(sources);
  find('#review-judge-title').textContent = decided ? `To decide: ${step.title}` : step.title;
  if (!decided) find('#review-who').textContent = step.rater;
  if (fresh || decided) far = { judged: step.judged, total: step.total, skipped: step.skipped };
  paint();
  saved();
  toMarks(sources);
  if (seen) {
    window.scrollTo(0, 0);
    find('#review-sentence').focus({ preventScroll: true });
  }
  if (!decided) prefetch(step);
}

// What is quoted comes into view: a long passage scrolls within itself where a page stands below it, else its column does.
function toMarks(sources) {
  const column = find('#review-sources');
  column.scrollTop = 0;
  all('.icat-passage mark', sources).forEach((mark) => { mark.closest('.icat-passage').scrollTop = mark.offsetTop - 40; });
  const first = sources.querySelector('.icat-passage mark');
  if (!first || first.closest('.icat-passage').scrollTop) return;
  const below = first.getBoundingClientRect().bottom - column.getBoundingClientRect().top;
  if (below > column.clientHeight - 60) column.scrollTop = below - column.clientHeight / 2;
}

function paint() {
  const { view, said } = work;
  all('[data-rv="choose"]').forEach((each) => {
    each.setAttribute('aria-pressed', String(said[each.dataset.name] === each.value));
    if (each.dataset.name === 'citation') each.hidden = view.cited ? each.value === 'no citation' : / page$/.test(each.value);
  });
  find('[data-rv="wrong"]').setAttribute('aria-pressed', String(said.source_wrong));
  find('#review-better-line').hidden = said.citation !== 'better source exists';
  FIELDS.forEach((name) => {
    const field = find(`#review-${name}`);
    if (field.value !== said[name]) field.value = said[name];
  });
  all('#review-form [data-rv="previous"]').forEach((each) => { each.disabled = !view.previous; });
  paintFar();
}

function paintFar() {
  const { view } = work;
  const words = mode === 'rate' ? `Sentence ${view.position} of ${view.total} · ${far.judged} judged`
    : `Sentence ${view.position} of ${view.total} that raters differ on · ${far.judged} decided`;
  find('#review-place').textContent = far.skipped ? `${words} · ${far.skipped} put off` : words;
  Object.assign(find('#review-far'), { max: far.total, value: far.judged });
}

// What is known to be saved; `text`: why something is not, `refused`: it will not be tried again.
function saved(text = '', refused = false) {
  const line = find('#review-saved');
  const waiting = Object.keys(mine.unsaved).length;
  line.classList.toggle('icat-warning', Boolean(text));
  if (text) {
    line.textContent = refused ? `Not saved: ${text}` : `Not saved yet (${waiting}): kept in this tab, and sent again.`;
    tell(refused ? line.textContent : `Not saved yet. ${text}`);
  } else if (!work) line.textContent = '';
  else if (waiting && mine.unsaved[draftKey()]) line.textContent = 'Saving…';
  else if (waiting) line.textContent = `${waiting} not saved yet`;
  else if (work.view.own && same({ ...blank(work.view), ...work.view.own }, trimmed())) line.textContent = 'Saved';
  else line.textContent = touched() ? 'Not saved yet: choose for both questions' : '';
  if (!text && !waiting && /^Not saved/.test(find('#review-said').textContent)) tell('Saved.');
}

const oneLine = (text) => text.replace(/\s+/g, ' ').trim();
const trimmed = () => ({ ...work.said, better: oneLine(work.said.better), comment: oneLine(work.said.comment) });
const touched = () => !same(trimmed(), { ...blank(work.view), ...(work.view.own || {}) });

function finish({ title, rater, total, looked }) {
  work = null;
  far = { judged: total, total, skipped: 0 };
  find('#review-judge-title').textContent = title;
  find('#review-who').textContent = rater;
  find('#review-main').hidden = true;
  const done = find('#review-done');
  done.hidden = false;
  done.dataset.total = total;
  done.querySelector('h3').textContent = total ? `All ${total} sentences are judged. Thank you.` : 'There is no sentence for you to judge.';
  done.querySelector('p').textContent = looked ? 'You have seen the results, so what you said stays as it is.'
    : 'You can go back and change what you said, until you look at the results: they show what the others said.';
  find('#review-place').textContent = `${total} of ${total}`;
  Object.assign(find('#review-far'), { max: Math.max(total, 1), value: total });
  if (seen) done.querySelector('h3').focus();
}

// --- choosing ---

function choose(name, value) {
  if (!work) return;
  const each = button(name, value);
  if (!each || each.hidden) return;
  change({ [name]: value });
}

function change(changed) {
  if (mode === 'decide' && !mine.by) {
    saved('say who decides first.', true);
    find('#review-by').focus();
    return;
  }
  Object.assign(work.said, changed);
  if (!complete(work.said)) {
    mine.drafts[draftKey()] = { ...work.said };
    keepMine();
    paint();
    saved();
    if (work.said.citation === 'better source exists' && changed.citation) find('#review-better').focus();
    return;
  }
  keep();
  if (changed.citation === 'better source exists') find('#review-better').focus();
}

// Sends what is chosen, and counts on its being kept.
function keep() {
  const { view } = work;
  delete mine.drafts[draftKey()];
  const said = trimmed();
  const before = view.own;
  if (mode === 'rate') {
    const first = !view.own && !given.has(view.position);
    given.add(view.position);
    if (first) far = { ...far, judged: far.judged + 1, skipped: far.skipped - (view.put_off ? 1 : 0) };
    view.put_off = false;
    view.own = said;
    keepSafe('judge', { review: view.review, rater: mine.rater, position: view.position, claim: view.claim, said }, before);
  } else {
    view.own = said;
    keepSafe('settle', { claim: view.claim, by: mine.by, said }, before);
  }
  paint();
  saved();
}

// The server has kept what was sent, perhaps with its words put in order.
function took(step, sent) {
  if (work && work.view.claim === step.claim && step.own && same(trimmed(), sent)) {
    work.view.own = step.own;
    FIELDS.forEach((name) => {
      const field = find(`#review-${name}`);
      if (field === document.activeElement) return; // it is written in
      work.said[name] = step.own[name];
      field.value = step.own[name];
    });
  }
  if (step.step === 'settled') {
    if (mode !== 'decide' || !work || work.view.claim !== step.claim) return;
    far = { judged: step.judged, total: step.total };
    Object.assign(work.view, { open: step.open, next: step.next, previous: step.previous });
    find('#review-verdicts').innerHTML = step.verdicts;
    paintFar();
  } else if (step.step === 'kept' && mode === 'rate' && place.review === step.claim.split('.')[0]) {
    if (!Object.keys(mine.unsaved).length) far = { judged: step.judged, total: step.total, skipped: step.skipped };
    const held = ready.get(step.position);
    if (held) Object.assign(held.view, { open: step.open, put_off: step.put_off, own: step.own });
    if (work) paintFar();
  }
}

// The server will not have what was said: it stays a choice that is not saved.
function refused(key, { content, before }) {
  mine.drafts[key] = content.said;
  const held = ready.get(content.position);
  [held && held.view, work && work.view].filter((view) => view && view.claim === content.claim)
    .forEach((view) => { view.own = before; });
  if (before || !given.delete(content.position)) return;
  far = { ...far, judged: far.judged - 1 };
  if (work) paintFar();
}

// Words are kept while they are typed, and sent when the field is left.
function typedIn(field) {
  work.said[field.name] = field.value;
  mine.drafts[draftKey()] = { ...work.said };
  keepMine();
  saved();
}

function leaveFields() {
  if (work && complete(work.said) && touched()) keep();
}
