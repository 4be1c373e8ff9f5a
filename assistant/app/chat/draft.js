// A draft while it is being written: shown as text, and as nothing that counts yet.
import { all, element, find, scroll } from '../dom.js';
import { say } from './composer.js';
import { _ } from '../texts.js';

const DRAFT = _('Draft, not checked yet');
const DRAFTING = _('The language model writes a draft. It is shown when it is checked.');

const MEANWHILE = _('Meanwhile, in the publications’ own words');
const ENOUGH = _('This is enough');

// What the publications say, to be read until the answer is there, its labels to be opened. It is no turn yet.
export function showMeanwhile(article, html) {
  const enough = element('button', { type: 'button', textContent: ENOUGH });
  enough.dataset.do = 'quoteAlone';
  const head = element('p', { className: 'icat-draft-head', textContent: MEANWHILE });
  head.append(' ', enough);
  const shown = element('section', { className: 'icat-meanwhile' });
  shown.innerHTML = html;
  all('button:not([name="icat-source"])', shown).forEach((button) => { button.disabled = true; }); // of a turn
  shown.prepend(head);
  article.append(shown);
}

// Spoken once: a screen reader hears the checked answer, not the draft.
export function addToDraft(article, sentence) {
  const page = document.documentElement;
  const following = window.scrollY + window.innerHeight >= page.scrollHeight - 4; // else the reader has gone elsewhere
  let draft = find('.icat-draft', article);
  if (!draft) {
    const head = element('p', { className: 'icat-draft-head', textContent: DRAFT });
    draft = element('section', { className: 'icat-draft' }, head);
    draft.setAttribute('aria-label', DRAFT);
    find('.icat-waiting', article).after(draft);
    say(DRAFTING);
  }
  draft.append(element('p', { dir: 'auto', textContent: sentence }));
  if (following && article.getBoundingClientRect().top > 0) scroll(article);
}
