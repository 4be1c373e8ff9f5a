// The question box, its filters, and the line above it that tells what happens.
import { find } from '../dom.js';
import { teller } from '../tell.js';

let chosen = []; // what the three filters say, see layout.py

export const box = () => find('#icat-question');
export const tell = teller('chat', '#icat-said');
export const say = (text) => tell(text, { quietly: true }); // the page shows it anyway

export function filters() {
  const [publications, kinds, languages] = chosen.map((values) => values || []);
  return { publications, kinds, languages };
}

export function put(question) {
  box().value = question;
  fit();
}

export function fit() {
  box().style.height = 'auto';
  box().style.height = `${Math.min(box().scrollHeight + 2, 200)}px`;
}

document.addEventListener('icat-filters', ({ detail }) => { chosen = detail; });
