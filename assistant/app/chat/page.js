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

// --- steps from the server ---

const steps = {
  reopened({ html, lost }) {
    const { draft } = kept();
    if (lost) { record = null; tell(lost); }
    find('#icat-turns').insertAdjacentHTML('afterbegin', html); // something may have been asked meanwhile
    if (draft && !asking && !box().value) put(draft);
    keep();
    tidy();
    markAdded();
    const last = find('#icat-turns').lastElementChild;
    if (last) { last.scrollIntoView({ block: 'start' }); openFirst(last); }
    document.body.classList.add('icat-ready');
  },
  waiting({ id, text }) {
    if (!asking || asking.id !== id) return;
    const line = asking.article.querySelector('.icat-waiting');
    if (line.textContent === text) return; // said already
    line.textContent = text;
    say(text);
  },
  draft({ id, text, sentences }) {
    if (!asking || asking.id !== id) return;
    asking.article.querySelector('.icat-waiting').textContent = text;
    showDraft(asking.article, sentences);
  },
  answered({ id, html, turn, said }) {
    if (!asking || asking.id !== id) return;
    const settled = settle();
    const { article, again, inPlace } = settled;
    article.insertAdjacentHTML('beforebegin', html);
    const answer = article.previousElementSibling;
    if (inPlace) takePlace(again, answer);
    if (again) { again.remove(); record.turns.pop(); }
    article.remove();
    markAdded();
    record = record || { ...turn, turns: [] };
    record.turns.push(...turn.turns);
    keep();
    tidy();
    if (inPlace && !settled.corrected.wanted) tell(SEARCHED); else say(said);
    if (!inPlace) scroll(answer);
    openFirst(answer);
  },
  source({ id, html }) {
    if (opening && opening.id === id) shown(html);
  },
  rated({ id }) { rated(id); },
  saved(file) { download(file); tell(`Saved as ${file.name}.`); },
  failed({ id, text }) {
    if (asking && (asking.id === id || !id)) fail(text);
    else if (opening && opening.id === id) { opening = null; find('#icat-panel').removeAttribute('aria-busy'); tell(text); }
    else tell(text);
  },
};

function fail(text) {
  const failure = settle();
  if (failure.inPlace) { failure.article.remove(); giveBack(failure); tell(text); return; }
  dropDraft(failure.article);
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
  why,
  unrate: (button) => {
    const form = button.closest('form');
    const thumb = form.closest('.icat-turn').querySelector(`[data-do="rate"][value="${form.dataset.thumb}"]`);
    rate(thumb);
    thumb.focus();
  },
  save: (button) => {
    send('save', { id: nextId(), format: button.value, record });
  },
  ...ofLists,
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
  fail: unanswered,
};

(function begin() {
  if (!['#icat-turns', '#icat-source', '#icat-question'].every(find)) { requestAnimationFrame(begin); return; }
  emptyPanel = find('#icat-source').innerHTML;
  record = kept().record || null;
  send('reopen', { id: nextId(), record });
  if (!narrow()) box().focus();
}());
