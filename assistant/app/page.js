// The page's own part. Gradio runs this when the page has loaded, with `trigger` (to the server) and `watch`.
// It keeps the conversation of this tab, sends what is asked, and shows the steps that come back.
// HTML comes only from `assistant/render.py` and `assistant/app/conversation.py`, which escape; the rest is text.
const KEEP = 'icat-conversation';
const TAIL = 4; // turns that go along with a question; messages.py says the same
const find = (selector) => document.querySelector(selector);
const narrow = () => window.matchMedia('(max-width: 900px)').matches;
const still = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches;
const scroll = (element, block = 'start') =>
  element.scrollIntoView({ block, behavior: still() ? 'auto' : 'smooth' });

let record = null; // {version, turns}: see assistant/record.py
let asking = null; // {id, question, article, again}: what is waited for
let opening = null; // {id, label, quietly}
let opened = null; // the label whose source is shown
let emptyPanel = '';
let count = 0;
const nextId = () => `${Date.now().toString(36)}-${(count += 1)}`;

const awaited = new Set(); // ids of requests that no step has ended yet
const UNREACHABLE = 'The computer that runs this page cannot be reached. Is `icat serve` still running?';
const LOOK = 4000; // milliseconds without an end before the server is looked for

const box = () => find('#icat-question');

// --- sending: every request ends in a step, or in word that the server is gone ---

function send(event, request) {
  awaited.add(request.id);
  trigger(event, request);
  setTimeout(look, LOOK, request.id);
}

async function look(id) {
  if (!awaited.has(id)) return;
  try {
    await fetch(window.location.pathname, { method: 'HEAD', cache: 'no-store' });
    setTimeout(look, LOOK, id);
  } catch {
    hear({ step: 'failed', id, text: UNREACHABLE });
  }
}

function hear(step) {
  if (!step || !steps[step.step]) return;
  if (step.step !== 'waiting') awaited.delete(step.id);
  steps[step.step](step);
}

// --- telling: in a live region, and visibly only where the page does not show it anyway ---

function say(text, visibly = false) {
  const line = find('#icat-said');
  line.classList.toggle('icat-unseen', !visibly);
  line.textContent = text;
}
const tell = (text) => say(text, true);

// --- keeping ---

function keep() {
  try {
    const kept = record || asking ? JSON.stringify({ record, draft: asking && asking.question }) : '';
    if (kept) sessionStorage.setItem(KEEP, kept); else sessionStorage.removeItem(KEEP);
  } catch {
    tell('This conversation has become too long to outlast a reload. Save it, or start a new one.');
  }
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

// --- asking ---

function put(question) {
  box().value = question;
  fit();
}

function fit() {
  box().style.height = 'auto';
  box().style.height = `${Math.min(box().scrollHeight + 2, 200)}px`;
}

function ask(question, again = null) {
  question = question.trim();
  if (!question || asking) return;
  document.querySelectorAll('.icat-failed').forEach((article) => article.remove());
  const article = document.createElement('article');
  article.className = 'icat-turn icat-pending';
  article.innerHTML = '<h3 class="icat-question" dir="auto"></h3><p class="icat-waiting"></p>';
  article.firstChild.textContent = question;
  if (again) { again.hidden = true; again.after(article); } else find('#icat-turns').append(article);
  const before = turns().slice(0, again ? -1 : undefined);
  asking = { id: nextId(), question, article, again };
  say('');
  keep();
  tidy();
  scroll(article);
  const tail = before.slice(-TAIL);
  send('ask', {
    id: asking.id, question, number: before.length, record: tail.length ? { ...record, turns: tail } : null,
  });
}

function settle() {
  const settled = asking;
  asking = null;
  tidy();
  return settled;
}

function giveBack({ question, again }) {
  if (again) again.hidden = false;
  if (!box().value) put(question);
  keep();
}

function stop() {
  if (!asking) return;
  trigger('stop', {});
  awaited.delete(asking.id);
  const stopped = settle();
  stopped.article.remove();
  giveBack(stopped);
  tidy();
  tell('Stopped. Your question is back in the box.');
  box().focus();
}

function fresh() {
  if (asking) { trigger('stop', {}); awaited.delete(asking.id); asking = null; }
  record = opened = opening = null;
  find('#icat-turns').replaceChildren();
  find('#icat-source').innerHTML = emptyPanel;
  find('#icat-panel-title').textContent = 'Source';
  find('[data-do="back"]').hidden = true;
  keep();
  tidy();
  put('');
  tell('A new conversation. The last one is gone from this tab.');
  box().focus();
}

// --- sources ---

function open(label, quietly = false) {
  const turn = turns()[Number(label.value.split('.')[0])];
  if (!turn) return;
  opening = { id: nextId(), label, quietly };
  find('#icat-panel').setAttribute('aria-busy', 'true');
  if (!quietly) say('Opening the source.');
  send('open', { id: opening.id, value: label.value, record: only(turn) });
}

async function shown(html) {
  const { id, label, quietly } = opening;
  const source = document.createElement('div');
  source.innerHTML = html;
  // Decoded before they are shown: else the page grows under the reader, and is not yet tall enough to scroll to.
  await Promise.all([...source.querySelectorAll('img')].map((image) => image.decode().catch(() => {})));
  if (!opening || opening.id !== id) return;
  opening = null;
  opened = label;
  document.querySelectorAll('[name="icat-source"][aria-current]').forEach((old) => old.removeAttribute('aria-current'));
  label.setAttribute('aria-current', 'true');
  const panel = find('#icat-panel');
  panel.removeAttribute('aria-busy');
  find('#icat-source').replaceChildren(...source.children);
  find('#icat-panel-title').textContent = /^\[/.test(label.textContent) ? `Source ${label.textContent}` : 'Nearest passage';
  find('#icat-source').querySelectorAll('img').forEach(enlargeable);
  find('[data-do="back"]').hidden = false;
  panel.scrollTop = 0;
  const mark = find('.icat-passage mark');
  if (mark) mark.closest('.icat-passage').scrollTop = mark.offsetTop - 40;
  if (quietly) return;
  say('The source is shown.');
  find('#icat-panel-title').focus({ preventScroll: true });
  if (narrow()) scroll(panel);
}

function enlargeable(image) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Enlarge the page';
  const frame = document.createElement('div');
  frame.className = 'icat-page-frame';
  frame.tabIndex = 0;
  frame.setAttribute('role', 'group');
  frame.setAttribute('aria-label', 'Page image');
  image.before(button, frame);
  frame.append(image);
  button.addEventListener('click', () => {
    const large = frame.classList.toggle('icat-large');
    button.textContent = large ? 'Fit the page to the panel' : 'Enlarge the page';
  });
}

function back() {
  if (!opened || !opened.isConnected) { box().focus(); return; }
  scroll(opened, 'center');
  opened.focus({ preventScroll: true });
}

// --- under an answer ---

async function copy(button) {
  const text = button.closest('.icat-turn').dataset.copy;
  let done = false;
  try {
    await navigator.clipboard.writeText(text);
    done = true;
  } catch { // no clipboard without https, unless on this machine
    const area = document.createElement('textarea');
    area.value = text;
    document.body.append(area);
    area.select();
    done = document.execCommand('copy');
    area.remove();
    button.focus();
  }
  tell(done ? 'Copied, with its sources.' : 'The browser does not let this page copy.');
  button.textContent = done ? 'Copied' : 'Not copied';
  setTimeout(() => { button.textContent = 'Copy'; }, 2000);
}

function rate(button) {
  const article = button.closest('.icat-turn');
  const form = article.querySelector('.icat-rating');
  const open = form.hidden || form.dataset.thumb !== button.value;
  form.hidden = !open;
  form.dataset.thumb = button.value;
  article.querySelectorAll('[data-do="rate"]').forEach((thumb) => {
    thumb.setAttribute('aria-expanded', String(open && thumb === button));
  });
  if (open) form.elements.comment.focus();
}

function sendRating(form) {
  const article = form.closest('.icat-turn');
  const thumb = article.querySelector(`[data-do="rate"][value="${form.dataset.thumb}"]`);
  send('rate', {
    id: `rate-${article.dataset.turn}`,
    good: form.dataset.thumb === 'up',
    comment: form.elements.comment.value,
    record: only(turns()[Number(article.dataset.turn)]),
  });
  rate(thumb);
  thumb.focus();
}

function rated(id) {
  const article = find(`#icat-turn-${id.split('-')[1]}`);
  if (!article) return;
  const thumbs = article.querySelectorAll('[data-do="rate"]');
  const sent = article.querySelector('.icat-rating').dataset.thumb;
  thumbs.forEach((thumb) => thumb.setAttribute('aria-pressed', String(thumb.value === sent)));
  article.querySelector('.icat-rating').elements.comment.value = '';
  tell('Thank you, your rating is kept.');
}

function download({ name, mime, content }) {
  const bytes = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([bytes], { type: mime }));
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  tell(`Saved as ${name}.`);
}

// --- steps from the server ---

const steps = {
  reopened({ html, lost }) {
    const { draft } = kept();
    if (lost) { record = null; tell(lost); }
    find('#icat-turns').insertAdjacentHTML('afterbegin', html); // something may have been asked meanwhile
    if (draft && !asking && !box().value) put(draft);
    keep();
    tidy();
    const last = find('#icat-turns').lastElementChild;
    if (last) { last.scrollIntoView({ block: 'start' }); openFirst(last); }
    document.body.classList.add('icat-ready');
  },
  waiting({ id, text }) {
    if (!asking || asking.id !== id) return;
    asking.article.querySelector('.icat-waiting').textContent = text;
    say(text);
  },
  answered({ id, html, turn, said }) {
    if (!asking || asking.id !== id) return;
    const { article, again } = settle();
    if (again) { again.remove(); record.turns.pop(); }
    article.insertAdjacentHTML('beforebegin', html);
    const answer = article.previousElementSibling;
    article.remove();
    record = record || { ...turn, turns: [] };
    record.turns.push(...turn.turns);
    keep();
    tidy();
    say(said);
    scroll(answer);
    openFirst(answer);
  },
  source({ id, html }) {
    if (opening && opening.id === id) shown(html);
  },
  rated({ id }) { rated(id); },
  saved(file) { download(file); },
  failed({ id, text }) {
    if (asking && (asking.id === id || !id)) fail(text);
    else if (opening && opening.id === id) { opening = null; find('#icat-panel').removeAttribute('aria-busy'); tell(text); }
    else tell(text);
  },
};

function fail(text) {
  const failure = settle();
  const line = failure.article.querySelector('.icat-waiting');
  failure.article.className = 'icat-turn icat-failed';
  line.className = 'icat-warning';
  line.setAttribute('role', 'alert');
  line.textContent = text;
  giveBack(failure);
}

function openFirst(article) {
  if (narrow()) return; // there the source would push what was asked out of sight
  const label = article.querySelector('.icat-label');
  if (label) open(label, true);
}

// --- what is pressed ---

const does = {
  example: (button) => ask(button.value),
  retry: () => {
    const last = turns().at(-1);
    if (last) ask(last.question, find('#icat-turns').lastElementChild);
  },
  stop,
  new: fresh,
  back,
  copy,
  rate,
  unrate: (button) => {
    const form = button.closest('form');
    const thumb = form.closest('.icat-turn').querySelector(`[data-do="rate"][value="${form.dataset.thumb}"]`);
    rate(thumb);
    thumb.focus();
  },
  save: (button) => {
    send('save', { id: nextId(), format: button.value, record });
  },
};

document.addEventListener('click', (event) => {
  const button = event.target.closest('button');
  if (!button) return;
  if (button.name === 'icat-source') open(button);
  else if (does[button.dataset.do]) does[button.dataset.do](button);
});
document.addEventListener('submit', (event) => {
  if (event.target.matches('.icat-rating')) { event.preventDefault(); sendRating(event.target); }
  if (event.target.id !== 'icat-form') return;
  event.preventDefault();
  if (asking) return;
  const question = box().value;
  put('');
  ask(question);
});
document.addEventListener('input', (event) => { if (event.target === box()) fit(); });
document.addEventListener('keydown', (event) => {
  if (event.target === box() && event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    find('#icat-form').requestSubmit();
  }
  if (event.key === 'Escape' && find('#icat-panel').contains(event.target)) back();
});

window.icat = {
  hear,
  fail(text) { if (asking) fail(text); },
};

(function begin() {
  if (!['#icat-turns', '#icat-source', '#icat-question'].every(find)) { requestAnimationFrame(begin); return; }
  emptyPanel = find('#icat-source').innerHTML;
  record = kept().record || null;
  send('reopen', { id: nextId(), record });
  if (!narrow()) box().focus();
}());
