// Which conversation is in this tab: the one that it kept, a new one, or one that was saved.
import { send } from '../channel.js';
import { all, find } from '../dom.js';
import { current } from '../page.js';
import { available, rename } from '../saved.js';
import { abandon } from './asking.js';
import { box, put, tell } from './composer.js';
import { endEdit } from './earlier.js';
import { markAdded } from './lists.js';
import { close, openFirst } from './panel.js';
import { stopWriting } from './revising.js';
import { forget, hold, isHere, keep, restore, settled, turns } from './turns.js';
import { _ } from '../texts.js';

const lost = (error) => _('The conversation kept in this tab could not be read ({error}); a new one was started.', { error });

// How the panel of saved work reaches the conversation, see `homes` in saved.js.
export const home = { isHere, isEmpty: () => !find('.icat-turn'), bring, leave, rename, settled, show };

// After a reload.
export async function reopen() {
  const { record = null, draft = null } = restore();
  const found = await send('chat/reopen', { record });
  if (found.lost) { forget(); tell(lost(found.lost)); }
  find('#icat-turns').insertAdjacentHTML('afterbegin', found.html); // something may have been asked meanwhile
  const waiting = find('.icat-pending');
  if (draft && !waiting && !box().value) put(draft);
  if (!waiting) keep();
  showLast();
}

export async function startAnew() {
  const had = turns().length;
  leave();
  box().focus();
  const last = await available() ? _('The last one is under “Saved”.') : _('The last one is gone from this tab.');
  tell([_('A new conversation.'), ...(had ? [last] : [])].join(' '));
}

// Takes the conversation out of this tab.
function leave() {
  abandon();
  stopWriting();
  forget();
  find('#icat-turns').replaceChildren();
  close();
  put('');
  endEdit();
  keep();
}

// A saved conversation, {id, when, record}. Returns why it could not be opened; then all is as it was.
async function bring(saved) {
  const found = await send('chat/reopen', { record: saved.record });
  if (found.lost) return found.lost;
  leave();
  hold(saved);
  find('#icat-turns').innerHTML = found.html;
  keep();
  showLast();
  return '';
}

// Goes to the last question.
function show() {
  if (current() !== 'chat') {
    document.addEventListener('icat-view', show, { once: true });
    window.location.hash = '#chat';
    return;
  }
  const last = all('#icat-turns .icat-question').at(-1);
  last?.scrollIntoView({ block: 'start' });
  last?.focus({ preventScroll: true });
}

function showLast() {
  markAdded();
  const last = find('#icat-turns').lastElementChild;
  if (last) { last.scrollIntoView({ block: 'start' }); openFirst(last); }
}
