// The results of a review, and what can be made of them.
import { send } from '../channel.js';
import { element, find } from '../dom.js';
import { download } from '../files.js';
import { asking, rememberLook, tell } from './mine.js';
import { place, showScreen } from './place.js';
import { write } from './writing.js';
import { _ } from '../texts.js';

export function results(review) {
  showScreen('results', _('Results'));
  const box = find('#review-results');
  box.textContent = _('The results are being worked out…');
  send('review/results', asking(review)).then(fillResults, ({ message }) => { box.textContent = message; });
}

export function fillResults({ html, title }) {
  find('#review-results-title').textContent = _('Results: {title}', { title });
  find('#review-results').innerHTML = html;
}

export function look({ value: review }) {
  rememberLook(review);
  results(review);
}

export async function regress(button) {
  const { text } = await write('regress', { claim: button.value });
  tell(text);
  button.after(element('small', { textContent: text }));
  button.disabled = true;
}

export async function exportFile({ value: format }) {
  tell(download(await send('review/export', { ...asking(place.review), format })));
}
