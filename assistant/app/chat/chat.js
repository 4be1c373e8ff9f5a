// The chat: what is pressed and typed, and the conversation that this tab kept.
import { send } from '../channel.js';
import { find, narrow, onPress, onSubmit } from '../dom.js';
import { download } from '../files.js';
import { homes } from '../saved.js';
import { copy, rate, saveOne, sendRating, unrate, why } from './answer.js';
import { ask, askAgain, correct, quoteAlone, stop } from './asking.js';
import { box, fit, put, restoreHow, tell } from './composer.js';
import { edit, edited, endEdit, leaveEdit, recall } from './earlier.js';
import { addToSheet, unfold } from './lists.js';
import { back, open } from './panel.js';
import { leaveLine, revise, reword, saveDraft, stopWriting, writeIn } from './revising.js';
import { showSaved } from './saved_panel.js';
import { home, reopen, startAnew } from './switching.js';
import { asRecord } from './turns.js';

async function save({ value: format }) {
  tell(download(await send('chat/save', { format, record: asRecord() })));
}

function askTyped() {
  if (find('.icat-pending, .icat-writing')) return;
  const [question, from] = [box().value, edited()];
  if (!question.trim()) return;
  put('');
  endEdit();
  ask(question, from === null ? {} : { from, edited: true });
}

onPress(document, 'do', {
  example: ({ value }) => ask(value),
  next: ({ textContent }) => ask(textContent),
  suggest: ({ textContent, value }) => ask(textContent, { corrected: { act: 'list', wanted: JSON.parse(value) } }),
  retry: askAgain,
  new: startAnew,
  add: addToSheet,
  saved: showSaved,
  stop() { stop(); stopWriting(); },
  back, correct, copy, edit, leaveEdit, leaveLine, quoteAlone, rate, revise, save, saveDraft, saveOne, unfold, unrate, why,
});
document.addEventListener('click', ({ target }) => {
  const label = target.closest('[name="icat-source"]');
  if (label) open(label);
});
document.addEventListener('icat-ask', ({ detail }) => ask(detail.question, { corrected: detail.corrected })); // of another view
onSubmit(document, { 'icat-form': askTyped, 'icat-rating': sendRating, 'icat-own': writeIn, 'icat-reword': reword });
box().addEventListener('input', fit);
box().addEventListener('keydown', (event) => {
  if (event.shiftKey || event.isComposing) return;
  if (event.key === 'Escape') leaveEdit();
  else if (event.key === 'Enter') find('#icat-form').requestSubmit();
  else if (event.ctrlKey || event.altKey || event.metaKey || !recall(event.key)) return;
  event.preventDefault();
});
find('#icat-panel').addEventListener('keydown', ({ key }) => { if (key === 'Escape') back(); });
homes.conversation = home;
homes.draft = home;
restoreHow();
if (!narrow()) box().focus();
await reopen();
document.body.classList.add('icat-ready');
