// The chat: what is pressed and typed, and the conversation that this tab kept.
import { send } from '../channel.js';
import { find, narrow, onPress, onSubmit } from '../dom.js';
import { download } from '../files.js';
import { copy, rate, sendRating, unrate, why } from './answer.js';
import { ask, askAgain, correct, quoteAlone, startAnew, stop } from './asking.js';
import { box, fit, put, restoreHow, tell } from './composer.js';
import { addToSheet, markAdded, unfold } from './lists.js';
import { back, open, openFirst } from './panel.js';
import { revise, saveDraft, writeIn } from './revising.js';
import { asRecord, forget, keep, restore } from './turns.js';

async function save({ value: format }) {
  tell(download(await send('chat/save', { format, record: asRecord() })));
}

function askTyped() {
  if (find('.icat-pending')) return;
  const question = box().value;
  put('');
  ask(question);
}

async function reopen() {
  const { record = null, draft = null } = restore();
  const { html, lost } = await send('chat/reopen', { record });
  if (lost) { forget(); tell(lost); }
  find('#icat-turns').insertAdjacentHTML('afterbegin', html); // something may have been asked meanwhile
  const waiting = find('.icat-pending');
  if (draft && !waiting && !box().value) put(draft);
  if (!waiting) keep();
  markAdded();
  const last = find('#icat-turns').lastElementChild;
  if (last) { last.scrollIntoView({ block: 'start' }); openFirst(last); }
  document.body.classList.add('icat-ready');
}

onPress(document, 'do', {
  example: ({ value }) => ask(value),
  next: ({ textContent }) => ask(textContent),
  suggest: ({ textContent, value }) => ask(textContent, null, { act: 'list', wanted: JSON.parse(value) }),
  retry: askAgain,
  new: startAnew,
  add: addToSheet,
  stop, back, correct, copy, quoteAlone, rate, revise, save, saveDraft, unfold, unrate, why,
});
document.addEventListener('click', ({ target }) => {
  const label = target.closest('[name="icat-source"]');
  if (label) open(label);
});
document.addEventListener('icat-ask', ({ detail }) => ask(detail.question, null, detail.corrected)); // of another view
onSubmit(document, { 'icat-form': askTyped, 'icat-rating': sendRating, 'icat-own': writeIn });
box().addEventListener('input', fit);
box().addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  find('#icat-form').requestSubmit();
});
find('#icat-panel').addEventListener('keydown', ({ key }) => { if (key === 'Escape') back(); });
restoreHow();
if (!narrow()) box().focus();
reopen();
