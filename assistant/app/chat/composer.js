// The question box, its filters, and the line above it that tells what happens.
import { find } from '../dom.js';
import { keeper } from '../keep.js';
import { teller } from '../tell.js';

const how = keeper('local', 'icat-written'); // whether a language model is to write, where there is one

let chosen = []; // what the three filters say, see layout.py

export const box = () => find('#icat-question');
export const tell = teller('chat', '#icat-said');
export const say = (text) => tell(text, { quietly: true }); // the page shows it anyway

export function filters() {
  const [publications, kinds, languages] = chosen.map((values) => values || []);
  return { publications, kinds, languages };
}

export const written = () => find('#icat-written')?.checked ?? true;

// The box that says it, as it was left.
export function restoreHow() {
  const choice = find('#icat-written');
  if (!choice) return;
  choice.checked = how.read() ?? true;
  choice.addEventListener('change', () => { how.write(choice.checked); });
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
