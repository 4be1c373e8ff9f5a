// The list of reviews, and making one.
import { send } from '../channel.js';
import { all, find } from '../dom.js';
import { readJson } from '../files.js';
import { conversation } from '../keep.js';
import { mine, tell } from './mine.js';
import { showScreen } from './place.js';
import { write } from './writing.js';
import { _ } from '../texts.js';

const BETWEEN = /[,;\n،؛，、；]/; // names or tags, as they are listed in any of the languages

export function start() {
  showScreen('start');
  list();
}

export async function list(then = () => {}) {
  const box = find('#review-list');
  const { html, runs, number } = await send('review/list').catch((error) => {
    find('.icat-hint', box)?.replaceChildren(error.message);
    throw error;
  }).finally(() => box.removeAttribute('aria-busy'));
  box.innerHTML = html;
  all('[data-rater]', box).forEach((row) => row.classList.toggle('icat-rv-me', row.dataset.rater === mine.rater));
  offerRuns(runs);
  if (!number) find('#review-make').open = true;
  then();
}

function offerRuns(runs) {
  const run = find('#review-run');
  const before = run.value;
  run.replaceChildren(...runs.map((name) => new Option(name, name)));
  if (runs.includes(before)) run.value = before;
  run.hidden = !runs.length;
  find('#review-no-run').hidden = Boolean(runs.length);
}

export function showSource() {
  const { source } = find('#review-form-make').elements;
  all('[data-for-source]').forEach((part) => { part.hidden = part.dataset.forSource !== source.value; });
}

export function putExample() {
  const { text } = find('#review-form-make').elements;
  text.value = find('#review-format pre').textContent;
  text.focus();
}

// What the sentences are taken from; null, and said why, where nothing was chosen.
async function origin({ source, file, text, run }) {
  if (source.value === 'pasted') return { source: 'pasted', text: text.value };
  if (source.value === 'run') return { source: 'run', name: run.value };
  if (source.value === 'tab') {
    const { record } = conversation.read() || {};
    return { source: 'conversation', record: record?.turns.length ? record : null };
  }
  const [chosen] = file.files;
  if (!chosen) { tell(_('Choose a file first.')); file.focus(); return null; }
  const record = await readJson(chosen);
  if (record === undefined) { tell(_('This file is no saved conversation.')); return null; }
  return { source: 'conversation', record, name: chosen.name };
}

export async function make(form) {
  const { title, raters, per_tag: perTag, tags, per_claim: perClaim, withheld, whole, seed } = form.elements;
  const parted = ({ value }) => value.split(BETWEEN).map((part) => part.trim()).filter(Boolean);
  const number = ({ value }) => Number(value) || null;
  if (!parted(raters).length) { // such as one comma
    tell(_('A review begins with its raters. Name those who will judge it, such as: Ana, Bo'));
    raters.focus();
    return;
  }
  const from = await origin(form.elements);
  if (!from) return;
  tell(_('The review is being made…'));
  const { text, review } = await write('create', {
    ...from,
    title: title.value, raters: parted(raters), tags: parted(tags), withheld: withheld.checked, whole: whole.checked,
    per_tag: number(perTag), per_claim: number(perClaim), seed: Number(seed.value) || 0,
  });
  find('#review-make').open = false;
  ['text', 'title'].forEach((name) => { form.elements[name].value = ''; });
  list(() => {
    tell(text);
    find(`.icat-rv-card[data-review="${review}"] h3`)?.focus();
  });
}

export function assign({ dataset: { review }, elements: { rater } }) {
  change('assign', { review, rater: rater.value }, `#review-add-${review}`);
}

export function remove({ value: review, dataset: { title } }) {
  if (!window.confirm(_('Remove “{title}” with all verdicts? This cannot be undone.', { title }))) return;
  change('remove', { review }, '#review-title');
}

async function change(what, content, then) {
  const { text } = await write(what, content);
  list(() => {
    tell(text);
    find(then).focus();
  });
}
