// --- asking ---

// A stop closes the stream that Gradio answers on, and takes along what was asked meanwhile: that is asked again.
const CLOSING = 5000; // milliseconds after a stop in which that can be
const PAUSE = 300; // milliseconds before it is asked again
let stopped = 0; // when, in milliseconds since 1970

function put(question) {
  box().value = question;
  fit();
}

function fit() {
  box().style.height = 'auto';
  box().style.height = `${Math.min(box().scrollHeight + 2, 200)}px`;
}

// `again`: the turn that the answer replaces. `corrected`: {wanted}, what a list is to hold in place of what was
// recognised; null wants none. A list that is corrected stays in view until the new one is there.
function ask(question, again = null, corrected = null) {
  question = question.trim();
  if (!question || asking) return;
  document.querySelectorAll('.icat-failed').forEach((article) => article.remove());
  const article = document.createElement('article');
  article.className = 'icat-turn icat-pending';
  article.innerHTML = '<h3 class="icat-question" dir="auto"></h3><p class="icat-waiting"></p>';
  article.firstChild.textContent = question;
  const inPlace = Boolean(again && corrected);
  if (again) { again.hidden = !inPlace; again.after(article); } else find('#icat-turns').append(article);
  if (inPlace) { article.hidden = true; again.setAttribute('aria-busy', 'true'); }
  const before = turns().slice(0, again ? -1 : undefined);
  asking = { id: nextId(), question, article, again, inPlace, corrected };
  say('');
  keep();
  tidy();
  if (!inPlace) scroll(article);
  const tail = before.slice(-TAIL);
  asking.sent = {
    id: asking.id, question, number: before.length, record: tail.length ? { ...record, turns: tail } : null, corrected,
  };
  send('ask', asking.sent);
}

function unanswered(text) {
  const { sent } = asking || {};
  if (sent && Date.now() - stopped < CLOSING) setTimeout(() => { if (asking?.sent === sent) send('ask', sent); }, PAUSE);
  else if (sent) fail(text);
}

function settle() {
  const settled = asking;
  asking = null;
  tidy();
  return settled;
}

function giveBack({ question, again, inPlace }) {
  if (again) { again.hidden = false; again.removeAttribute('aria-busy'); }
  if (!box().value && !inPlace) put(question);
  keep();
}

function halt() {
  trigger('stop', {});
  stopped = Date.now();
  awaited.delete(asking.id);
}

function stop() {
  if (!asking) return;
  halt();
  const left = settle();
  left.article.remove();
  giveBack(left);
  tidy();
  tell(left.inPlace ? 'Stopped. The list is as it was.' : 'Stopped. Your question is back in the box.');
  if (!left.inPlace) box().focus();
}

function fresh() {
  if (asking) { halt(); asking = null; }
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
