// What stands under an answer and beside its sentences: copying, saving, rating, the reason of a doubt.
import { send } from '../channel.js';
import { all, element, find } from '../dom.js';
import { download } from '../files.js';
import { tell } from './composer.js';
import { recordAround } from './turns.js';
import { _ } from '../texts.js';

export async function copy(button) {
  const done = await toClipboard(button.closest('.icat-turn').dataset.copy);
  button.focus();
  tell(done ? _('Copied, with its sources.') : _('The browser does not let this page copy.'));
  button.textContent = done ? _('Copied') : _('Not copied');
  setTimeout(() => { button.textContent = _('Copy'); }, 2000);
}

// This answer alone, as Word.
export async function saveOne(button) {
  tell(download(await send('chat/save', { format: 'docx', record: recordAround(button) })));
}

async function toClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch { // no clipboard without https, unless on this machine
    const area = element('textarea', { value: text });
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  }
}

// Opens the form of a thumb, or closes it.
export function rate(button) {
  const article = button.closest('.icat-turn');
  const form = find('.icat-rating', article);
  const open = form.hidden || form.dataset.thumb !== button.value;
  form.hidden = !open;
  form.dataset.thumb = button.value;
  all('[data-do="rate"]', article).forEach((thumb) => {
    thumb.setAttribute('aria-expanded', String(open && thumb === button));
  });
  if (!open) return;
  form.elements.comment.focus({ preventScroll: true });
  const behind = form.getBoundingClientRect().bottom - find('#icat-composer').getBoundingClientRect().top;
  if (behind > 0) window.scrollBy(0, behind + 8); // the question box stands over the end of the page
}

export function unrate({ form }) {
  const thumb = find(`[data-do="rate"][value="${form.dataset.thumb}"]`, form.closest('.icat-turn'));
  rate(thumb);
  thumb.focus();
}

export async function sendRating(form) {
  const article = form.closest('.icat-turn');
  const { thumb } = form.dataset;
  const comment = form.elements.comment.value;
  const record = recordAround(form);
  unrate({ form });
  await send('chat/rate', { good: thumb === 'up', comment, record });
  all('[data-do="rate"]', article).forEach((each) => each.setAttribute('aria-pressed', String(each.value === thumb)));
  form.elements.comment.value = '';
  tell(_('Thank you, your rating is kept.'));
}

// A reason is there on hover and while its mark has the focus; a press keeps it.
export function why(mark) {
  mark.setAttribute('aria-expanded', String(mark.getAttribute('aria-expanded') !== 'true'));
}
