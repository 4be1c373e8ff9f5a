// A draft while it is being written: shown as text, and as nothing that counts yet.
import { element, find, scroll } from '../dom.js';
import { say } from './composer.js';

const DRAFT = 'Draft, not checked yet';
const DRAFTING = 'The language model writes a draft. It is shown when it is checked.';

const MEANWHILE = 'Meanwhile, in the publications’ own words';

// What the publications say, to be read until the answer is there. It is no turn yet: nothing in it can be pressed.
export function showMeanwhile(article, html) {
  const head = element('p', { className: 'icat-draft-head', textContent: MEANWHILE });
  const shown = element('section', { className: 'icat-meanwhile', inert: true });
  shown.innerHTML = html;
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
