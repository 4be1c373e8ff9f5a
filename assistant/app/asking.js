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
