// --- one sentence at a time: a rater judges, or somebody decides what raters differ on ---
const READY = 6; // sentences that are kept ready with their page images
const FIELDS = ['better', 'comment'];
const KEYS = {
  1: ['support', 'full'], 2: ['support', 'partial'], 3: ['support', 'none'], 4: ['support', "can't tell"],
  q: ['citation', 'right page'], w: ['citation', 'wrong page'], e: ['citation', 'better source exists'],
};
let mode = 'rate'; // or 'decide'
let work = null; // {review, view, said}: the sentence shown and what is chosen
let ready = new Map(); // position -> {view, sources}: fetched before it is needed
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
  fetch_(null, (step) => show(step, true), (text) => {
    mine.rater = '';
    askWho(review, text);
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

// --- fetching, also before it is needed ---

function fetch_(position, then, fail = tell) {
  const { review } = place;
  request('fetch', { review, rater: mine.rater, position }, {
    then(step) {
      if (mode !== 'rate' || place.review !== review || place.screen !== 'rate') return;
      if (step.step === 'claim') hold(step);
      then(step);
    },
    fail,
  });
}

// Keeps a sentence ready, its page images decoded: else the page would jump when it is shown.
function hold(view) {
  const sources = document.createElement('div');
  sources.innerHTML = view.sources;
  all('img', sources).forEach((image) => {
    image.decode().catch(() => {});
    enlargeable(image);
  });
  ready.delete(view.position);
  ready.set(view.position, { view, sources });
  while (ready.size > READY) ready.delete(ready.keys().next().value);
  return sources;
}

function enlargeable(image) {
  const larger = document.createElement('button');
  larger.type = 'button';
  larger.textContent = 'Enlarge the page';
  const frame = document.createElement('div');
  frame.className = 'icat-page-frame';
  frame.tabIndex = 0;
  frame.setAttribute('role', 'group');
  frame.setAttribute('aria-label', 'Page image');
  image.before(larger, frame);
  frame.append(image);
  larger.addEventListener('click', () => {
    const large = frame.classList.toggle('icat-large');
    larger.textContent = large ? 'Fit the page to the column' : 'Enlarge the page';
  });
}

function prefetch(view) {
  [...new Set([view.open, view.next])].filter((position) => position && !ready.has(position) && position !== view.position)
    .forEach((position) => fetch_(position, () => {}, () => {}));
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

// A long passage scrolls within itself to what is quoted.
function toMarks(sources) {
  find('#review-sources').scrollTop = 0;
  all('.icat-passage mark', sources).forEach((mark) => { mark.closest('.icat-passage').scrollTop = mark.offsetTop - 40; });
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
    line.textContent = refused ? `Not saved: ${text}` : `Not saved yet (${waiting}). ${text} Your choice is kept in this tab, and sent again.`;
    tell(line.textContent);
  } else if (!work) line.textContent = '';
  else if (waiting && mine.unsaved[draftKey()]) line.textContent = 'Saving…';
  else if (waiting) line.textContent = `${waiting} not saved yet`;
  else if (work.view.own && same({ ...blank(work.view), ...work.view.own }, trimmed())) line.textContent = 'Saved';
  else line.textContent = touched() ? 'Not saved yet: choose for both questions' : '';
  if (!text && !waiting && /^Not saved/.test(find('#review-said').textContent)) tell('Saved.');
}

const trimmed = () => ({ ...work.said, better: work.said.better.trim(), comment: work.said.comment.trim() });
const touched = () => !same(trimmed(), { ...blank(work.view), ...(work.view.own || {}) });

function finish({ title, rater, total }) {
  work = null;
  find('#review-judge-title').textContent = title;
  find('#review-who').textContent = rater;
  find('#review-main').hidden = true;
  const done = find('#review-done');
  done.hidden = false;
  done.dataset.total = total;
  done.querySelector('h3').textContent = total ? `All ${total} sentences are judged. Thank you.` : 'There is no sentence for you to judge.';
  done.querySelector('p').textContent = 'Results show what the others said. You can still go back and change what you said.';
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

// The server has kept something.
function took(step) {
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

// --- moving ---

function next() {
  if (!work) return;
  leaveFields();
  const { view, said } = work;
  if (!complete(said)) {
    tell('');
    const lacking = said.support ? 'Say of the citation too: q, w or e.' : 'Choose 1, 2, 3 or 4 first, or put it off with s.';
    tell(mode === 'decide' ? lacking.replace(', or put it off with s', '') : lacking);
    return;
  }
  tell('');
  onward(view);
}

// The next one that is not judged; where that is not known here, the server says, when all that was said is kept.
function onward(view) {
  if (mode === 'decide') { afterWriting(() => contest(view.review, view.open, true)); return; }
  if (view.open && !given.has(view.open)) { toPosition(view.open); return; }
  wanted += 1;
  afterWriting(() => fetch_(null, (step) => show(step)));
}

function afterWriting(then) {
  const waiting = lines.get('writing');
  if (!waiting || !waiting.length) { then(); return; }
  const last = waiting[waiting.length - 1];
  const before = last.then;
  last.then = (step) => { before(step); then(); };
}

function step(way) {
  if (!work) {
    if (way === 'previous' && Number(find('#review-done').dataset.total)) toPosition(Number(find('#review-done').dataset.total));
    return;
  }
  leaveFields();
  const position = work.view[way];
  tell(position ? '' : way === 'next' ? 'This is the last sentence.' : 'This is the first sentence.');
  if (!position) return;
  if (mode === 'decide') contest(work.view.review, position); else toPosition(position);
}

function skip() {
  if (!work || mode !== 'rate') return;
  const { view } = work;
  request('skip', { review: view.review, rater: mine.rater, position: view.position, claim: view.claim }, {
    line: 'writing',
    then(kept) {
      took(kept);
      tell('Put off until the others are judged.');
      if (kept.open) toPosition(kept.open); else tell('It is the only one left.');
    },
  });
}

function undo() {
  if (work && touched() && !mine.unsaved[draftKey()]) { // what was chosen here and is not kept yet
    delete mine.drafts[draftKey()];
    keepMine();
    work.said = { ...blank(work.view), ...(work.view.own || {}) };
    paint();
    saved();
    tell('Taken back.');
    return;
  }
  if (mode === 'decide') { undoDecision(); return; }
  request('takeback', { review: place.review, rater: mine.rater }, {
    line: 'writing',
    then(back) {
      if (back.step === 'nothing') { tell(back.text); return; }
      wanted += 1;
      given.delete(back.position);
      delete mine.drafts[keyOf({ rater: mine.rater, claim: back.claim })];
      keepMine();
      hold(back);
      show(back, true);
      tell('Taken back.');
    },
  });
}

// --- deciding ---

function contest(review, number, after = false) {
  request('contest', { review, number, rater: mine.rater }, {
    then(found) {
      if (mode !== 'decide' || place.review !== review) return;
      if (found.step === 'contested' && !(after && !number)) { show(found); return; }
      if (found.step === 'results') { find('#review-results').innerHTML = found.html; showScreen('results', `Results: ${found.title}`); return; }
      go(address(review, 'results'));
    },
  });
}

function undoDecision() {
  if (!mine.by) { find('#review-by').focus(); return; }
  request('unsettle', { review: place.review, by: mine.by }, {
    line: 'writing',
    then(back) {
      if (back.step === 'nothing') { tell(back.text); return; }
      show(back);
      tell('Taken back.');
    },
  });
}

// --- what is pressed and typed ---

function help() {
  find('#review-help').showModal();
  find('#review-help-title').focus();
}

const ofJudging = {
  choose: ({ dataset, value }) => choose(dataset.name, value),
  wrong: () => { if (work) change({ source_wrong: !work.said.source_wrong }); },
  previous: () => step('previous'),
  undo,
  skip,
};

const writes = (element) => element.matches('input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable]');

function onKey(event) {
  if (document.documentElement.dataset.view !== 'review' || find('[data-screen="judge"]').hidden) return;
  if (event.isComposing || event.altKey || find('#review-help').open) return;
  const { target, key } = event;
  if (writes(target)) { inField(event); return; }
  if (event.ctrlKey || event.metaKey || !mine.keys) return;
  const name = key.length === 1 ? key.toLowerCase() : key;
  const pressed = target.closest('button, a, summary');
  if (name === 'Enter' && pressed && pressed.getAttribute('aria-pressed') !== 'true') return; // it does what it says
  if (/^Arrow/.test(name) && target.closest('.icat-page-frame')) return; // there they scroll
  const acts = {
    Enter: next, ArrowRight: () => (work && work.view.next ? step('next') : next()), ArrowLeft: () => step('previous'),
    u: undo, s: skip, x: ofJudging.wrong, c: () => { if (work) find('#review-comment').focus(); }, '?': help,
  };
  if (KEYS[name]) {
    const [of, value] = KEYS[name];
    choose(of, of === 'citation' && work && !work.view.cited && name === 'q' ? 'no citation' : value);
  } else if (acts[name]) acts[name]();
  else return;
  event.preventDefault();
}

function inField(event) {
  if (!find('#review-form').contains(event.target)) return;
  if (event.key === 'Escape') {
    event.target.blur();
    if (work) find('#review-sentence').focus({ preventScroll: true });
  }
  const goes = event.target.id === 'review-comment' ? event.ctrlKey || event.metaKey : event.target.id === 'review-better';
  if (event.key !== 'Enter') return;
  if (event.target.id !== 'review-comment') event.preventDefault(); // a form would be sent
  if (goes) next();
  else if (event.target.id === 'review-by') find('#review-sentence').focus({ preventScroll: true });
}

function listenJudging() {
  document.addEventListener('keydown', onKey);
  const form = find('#review-form');
  form.addEventListener('input', ({ target }) => {
    if (target.id === 'review-by') {
      mine.by = target.value.trim();
      keepMine();
    } else if (work && FIELDS.includes(target.name)) typedIn(target);
  });
  form.addEventListener('change', ({ target }) => { if (FIELDS.includes(target.name)) leaveFields(); });
  const keys = find('#review-keys');
  keys.checked = mine.keys;
  keys.addEventListener('change', () => {
    mine.keys = keys.checked;
    keepMine();
    document.body.classList.toggle('icat-no-keys', !mine.keys);
  });
  document.body.classList.toggle('icat-no-keys', !mine.keys);
}
