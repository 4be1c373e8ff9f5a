// A draft that its reader changes: the turn that it stands in is replaced by what the server makes of it.
import { send } from '../channel.js';
import { find } from '../dom.js';
import { download } from '../files.js';
import { tell } from './composer.js';
import { markAdded } from './lists.js';
import { openFirst } from './panel.js';
import { keep, recordAround, replaceTurn } from './turns.js';
import { _ } from '../texts.js';

const CHANGED = _('The draft was changed.');

export function revise(button) {
  const [does, part, line] = JSON.parse(button.value);
  change(button, { does, part, line });
}

export function writeIn(form) {
  change(form, { does: 'write', part: Number(form.dataset.part), text: form.elements.text.value });
}

export async function saveDraft(button) {
  tell(download(await send('chat/save', { format: JSON.parse(button.value), record: recordAround(button) })));
}

// What is pressed next stands where the press before stood: the focus goes to the same part.
async function change(where, what) {
  const article = where.closest('.icat-turn');
  const number = Number(article.dataset.turn);
  if (article.getAttribute('aria-busy')) return;
  article.setAttribute('aria-busy', 'true');
  try {
    const { html, turn } = await send('chat/revise', { number, record: recordAround(where), ...what });
    const top = where.getBoundingClientRect().top;
    article.insertAdjacentHTML('beforebegin', html);
    const changed = article.previousElementSibling;
    article.remove();
    replaceTurn(number, turn);
    keep();
    markAdded();
    openFirst(changed); // labels were counted anew
    const part = changed.querySelectorAll('.icat-draft-part')[Math.max(0, what.part)];
    const next = part && find('button', part);
    if (next) {
      next.focus({ preventScroll: true });
      window.scrollBy(0, next.getBoundingClientRect().top - top);
    }
    tell(CHANGED);
  } finally {
    article.removeAttribute('aria-busy');
  }
}
