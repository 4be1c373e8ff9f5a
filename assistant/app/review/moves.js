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

// When all that was said is kept, or could not be: asked before, the server might not know of it yet.
function afterWriting(then) {
  const waiting = lines.get('writing');
  if (!waiting || !waiting.length) { then(); return; }
  const last = waiting[waiting.length - 1];
  const { then: before, fail: failed } = last;
  last.then = (step) => { before(step); then(); };
  last.fail = (...why) => { failed(...why); then(); };
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
  request('contest', { ...asking(review), number }, {
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
  if (event.key !== 'Enter' || event.shiftKey) return;
  event.preventDefault();
  if (work) find('#review-sentence').focus({ preventScroll: true });
  if (event.target.id !== 'review-by') next();
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
