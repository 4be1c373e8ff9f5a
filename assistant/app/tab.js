// The chat's own part: wire.js, tab.js, asking.js, draft.js, source.js, listing.js and page.js, run as one script when
// the page has loaded. It keeps the conversation of this tab, sends what is asked, and shows the steps that come back.
// HTML comes only from `assistant/render.py` and `assistant/app/conversation.py`, which escape; the rest is text.
const KEEP = 'icat-conversation';
const TAIL = 4; // turns that go along with a question; messages.py says the same
const find = (selector) => document.querySelector(selector);
const narrow = () => window.matchMedia('(max-width: 900px)').matches;
const still = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches;
const scroll = (element, block = 'start') =>
  element.scrollIntoView({ block, behavior: still() ? 'auto' : 'smooth' });

let record = null; // {version, turns}: see assistant/record.py
let asking = null; // {id, question, article, again, inPlace, corrected}: what is waited for
let opening = null; // {id, label, quietly}
let opened = null; // the label whose source is shown
let emptyPanel = '';

const box = () => find('#icat-question');

// --- telling: in a live region, and visibly only where the page does not show it anyway ---

function say(text, visibly = false) {
  const line = find('#icat-said');
  line.classList.toggle('icat-unseen', !visibly);
  line.textContent = text;
}
const tell = (text) => say(text, true);

// --- keeping ---

const FULL = 'This conversation has become too long to outlast a reload. Save it as a file, or start a new one.';

function keep() {
  let full = '';
  try {
    const kept = record || asking ? JSON.stringify({ record, draft: asking && !asking.inPlace ? asking.question : null }) : '';
    if (kept) sessionStorage.setItem(KEEP, kept); else sessionStorage.removeItem(KEEP);
  } catch {
    full = FULL;
  }
  find('#icat-full').textContent = full;
}

function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(KEEP)) || {};
  } catch {
    return {};
  }
}

const turns = () => (record ? record.turns : []);
const only = (turn) => ({ ...record, turns: [turn] });

function tidy() {
  const empty = !turns().length && !find('.icat-turn');
  find('#icat-intro').hidden = !empty;
  document.querySelectorAll('[data-do="save"]').forEach((button) => { button.disabled = !turns().length; });
  document.body.classList.toggle('icat-busy', Boolean(asking));
}
