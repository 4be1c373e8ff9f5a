// What the Review view keeps in this tab, and the requests it sends: in lines, one at a time, so that nothing that is
// said overtakes what was said before it, and no reply is overwritten by the next.
const find = (selector) => document.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const KEEP = 'icat-review';
const PATIENCE = 60000; // milliseconds before a request counts as lost, though the server can be reached
const SHORT = 10000; // the same of a judgement, which may be sent twice
const LOST = 'No answer came from the computer that runs this page.';

// Of this tab only: who is at work, choices that are not complete, judgements that are not known to be saved, and of
// which results somebody was told what it means to look at them.
let mine = { rater: '', by: '', drafts: {}, unsaved: {}, keys: true, looks: [] };

function keepMine() {
  try {
    sessionStorage.setItem(KEEP, JSON.stringify(mine));
  } catch { /* no room: what is said is still sent at once */ }
}

function readMine() {
  try {
    mine = { ...mine, ...JSON.parse(sessionStorage.getItem(KEEP)) };
  } catch { /* damaged: begin anew */ }
}

function tell(text) {
  find('#review-said').textContent = text;
}

// --- requests ---

const lines = new Map(); // name -> requests, of which the first is under way
const away = new Map(); // id -> the request under way

// `then` gets the step that comes back; `fail` the words, and whether the server could not be reached.
function request(event, content, { line = event, then, fail = tell, patience = PATIENCE }) {
  if (!lines.has(line)) lines.set(line, []);
  const waiting = lines.get(line);
  waiting.push({ event, content, then, fail, patience, waiting });
  if (waiting.length === 1) begin(waiting);
}

function begin(waiting) {
  const first = waiting[0];
  first.id = send(first.event, first.content);
  away.set(first.id, first);
  const { id } = first;
  first.timer = setTimeout(() => ended({ step: 'failed', id, text: LOST }), first.patience);
}

function ended(step) {
  const first = away.get(step.id);
  if (!first) return;
  clearTimeout(first.timer);
  away.delete(step.id);
  awaited.delete(step.id);
  first.waiting.shift();
  if (step.step === 'failed') first.fail(step.text, step.text === UNREACHABLE || step.text === LOST);
  else first.then(step);
  if (first.waiting.length && !away.has(first.waiting[0].id)) begin(first.waiting);
}

const steps = Object.fromEntries(['listed', 'done', 'claim', 'undone', 'finished', 'kept', 'nothing', 'results',
  'contested', 'settled', 'saved', 'failed'].map((name) => [name, ended]));

// --- judgements that are not known to be saved ---

const AGAIN = 5000; // milliseconds before another try
let trying = 0; // timer

const keyOf = (content) => `${content.rater || content.by} ${content.claim}`;

// Sends a judgement, or a decision; of one sentence only the last one waits.
// `before`: what was said of it until now.
function keepSafe(event, content, before) {
  const key = keyOf(content);
  mine.unsaved[key] = { event, content, before };
  keepMine();
  push(key);
}

function push(key) {
  const entry = mine.unsaved[key];
  const { event, content } = entry;
  const still = () => mine.unsaved[key] && JSON.stringify(mine.unsaved[key].content) === JSON.stringify(content);
  request(event, content, {
    line: 'writing',
    patience: SHORT,
    then(step) {
      if (still()) {
        delete mine.unsaved[key];
        keepMine();
      }
      took(step, content.said);
      saved();
    },
    fail(text, unreachable) {
      if (!still()) return; // something newer was said of the sentence meanwhile
      if (unreachable) {
        clearTimeout(trying);
        trying = setTimeout(pushAll, AGAIN);
      } else {
        refused(key, entry);
        delete mine.unsaved[key];
        keepMine();
      }
      saved(text, !unreachable);
    },
  });
}

function pushAll() {
  clearTimeout(trying);
  Object.keys(mine.unsaved).forEach(push);
}

// --- fetching sentences, also before they are needed ---
const READY = 6; // sentences that are kept ready with their page images
let ready = new Map(); // position -> {view, sources}

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
  all('.icat-passage', sources).forEach((passage) => scrollable(passage, 'Passage'));
  ready.delete(view.position);
  ready.set(view.position, { view, sources });
  while (ready.size > READY) ready.delete(ready.keys().next().value);
  return sources;
}

// What scrolls can be reached and scrolled by keyboard.
function scrollable(element, name) {
  element.tabIndex = 0;
  element.setAttribute('role', 'group');
  element.setAttribute('aria-label', name);
}

function enlargeable(image) {
  const larger = document.createElement('button');
  larger.type = 'button';
  larger.textContent = 'Enlarge the page';
  const frame = document.createElement('div');
  frame.className = 'icat-page-frame';
  scrollable(frame, 'Page image');
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
