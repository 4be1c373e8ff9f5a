// A draft that its reader changes: the turn that it stands in is replaced by what the server makes of it.
import { send } from '../channel.js';
import { all, element, find } from '../dom.js';
import { download } from '../files.js';
import { tell, written } from './composer.js';
import { markAdded } from './lists.js';
import { openFirst } from './panel.js';
import { keep, recordAround, replaceTurn } from './turns.js';
import { _ } from '../texts.js';

const CHANGED = _('The draft was changed.');
const WRITING = _('The language model is writing…');
const STOPPED = _('Stopped. The draft is as it was.');
const SAVE = _('Save');
const CANCEL = _('Cancel');
const LONGEST = 2000; // characters; the server takes no more

const writing = new Set(); // AbortController of each part that a model writes

export function revise(button) {
  const [does, part, line] = JSON.parse(button.value);
  if (does === 'edit') edit(button, part, line);
  else change(button, { does, part, line });
}

// The words of a line in a box, in its place; one line is edited at a time.
function edit(button, part, line) {
  all('.icat-reword').forEach((form) => leaveLine(form, false));
  const place = button.closest('.icat-line');
  const field = element('textarea', { name: 'text', value: wordsOf(button, part, line), maxLength: LONGEST, dir: 'auto' });
  field.setAttribute('aria-label', button.getAttribute('aria-label'));
  const cancel = element('button', { type: 'button', textContent: CANCEL });
  cancel.dataset.do = 'leaveLine';
  const buttons = element('div', {}, element('button', { type: 'submit', textContent: SAVE }), cancel);
  const form = element('form', { className: 'icat-reword' }, field, buttons);
  form.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.isComposing) return;
    event.preventDefault();
    leaveLine(form);
  });
  place.classList.add('icat-editing');
  place.append(form);
  field.style.height = `${field.scrollHeight + 2}px`; // with its border
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
}

function wordsOf(button, part, line) {
  const [{ answer }] = recordAround(button).turns;
  const { text, statement } = answer.draft.parts[part].lines[line];
  return text || answer.statements[statement].text;
}

// By its Cancel, or for another line.
export function leaveLine(inside, back = true) {
  const place = inside.closest('.icat-line');
  find('.icat-reword', place).remove();
  place.classList.remove('icat-editing');
  if (back) editButton(place).focus();
}

export function reword(form) {
  const [, part, line] = JSON.parse(editButton(form.closest('.icat-line')).value);
  change(form, { does: 'edit', part, line, text: form.elements.text.value });
}

const editButton = (place) => all('.icat-revise', place).find(({ value }) => JSON.parse(value)[0] === 'edit');

export function writeIn(form) {
  change(form, { does: 'write', part: Number(form.dataset.part), text: form.elements.text.value });
}

export async function saveDraft(button) {
  tell(download(await send('chat/save', { format: JSON.parse(button.value), record: recordAround(button) })));
}

// What is pressed next stands where the press before stood: the focus goes to the same part; after an edit to its line.
async function change(where, what) {
  const article = where.closest('.icat-turn');
  const number = Number(article.dataset.turn);
  if (article.getAttribute('aria-busy')) return;
  article.setAttribute('aria-busy', 'true');
  const closing = new AbortController();
  if (what.does === 'again') {
    article.classList.add('icat-writing');
    writing.add(closing);
    tell(WRITING);
  }
  try {
    const content = { number, record: recordAround(where), written: written(), ...what };
    const { html, turn } = await send('chat/revise', content, closing);
    if (!article.isConnected || article.hidden) return; // another conversation, or asked anew meanwhile
    const top = where.getBoundingClientRect().top;
    article.insertAdjacentHTML('beforebegin', html);
    const changed = article.previousElementSibling;
    article.remove();
    replaceTurn(number, turn);
    keep();
    markAdded();
    openFirst(changed); // labels were counted anew
    const part = changed.querySelectorAll('.icat-draft-part')[Math.max(0, what.part)];
    const line = what.does === 'edit' && all('.icat-line', part)[what.line];
    const more = what.does === 'add' && part && find('.icat-more', part);
    if (more) more.open = true; // several are added one after another
    const next = line ? editButton(line) : part && find('button', more || part);
    if (next) {
      next.focus({ preventScroll: true });
      window.scrollBy(0, next.getBoundingClientRect().top - top);
    }
    tell(CHANGED);
  } catch (error) {
    if (what.does !== 'again' || writing.has(closing)) throw error;
    if (!article.isConnected) return;
    tell(STOPPED);
    where.focus();
  } finally {
    writing.delete(closing);
    article.classList.remove('icat-writing');
    article.removeAttribute('aria-busy');
  }
}

export function stopWriting() {
  writing.forEach((closing) => { writing.delete(closing); closing.abort(); });
}
