// A source as the server shows it: its passage with the words marked, and the images of its pages.
import { all, element, find } from './dom.js';
import { _ } from './texts.js';

// Ready to be put on the page; each page image can be enlarged.
export function sourceFrom(html) {
  const source = element('div', { innerHTML: html });
  all('.icat-passage', source).forEach((passage) => scrollable(passage, 'Passage'));
  all('img', source).forEach((image) => {
    const button = element('button', { type: 'button', textContent: _('Enlarge the page') });
    const frame = element('div', { className: 'icat-page-frame' });
    scrollable(frame, _('Page image'));
    image.before(button, frame);
    frame.append(image);
    button.addEventListener('click', () => {
      const large = frame.classList.toggle('icat-large');
      button.textContent = large ? _('Fit the page to the panel') : _('Enlarge the page');
    });
  });
  return source;
}

// An image that is decoded when it is shown does not make the page grow under the reader.
export function decoded(source) {
  return Promise.all(all('img', source).map((image) => image.decode().catch(() => {})));
}

// What scrolls can be reached and scrolled by keyboard.
function scrollable(box, name) {
  box.tabIndex = 0;
  box.setAttribute('role', 'group');
  box.setAttribute('aria-label', name);
}

// Brings what is marked into view: a long passage scrolls within itself where a page stands below it, else its column.
export function showMarked(column) {
  all('.icat-passage mark', column).forEach((mark) => {
    mark.closest('.icat-passage').scrollTop = mark.offsetTop - 40;
  });
  column.scrollTop = 0;
  const mark = find('.icat-passage mark', column);
  if (!mark || mark.closest('.icat-passage').scrollTop) return;
  const below = mark.getBoundingClientRect().bottom - column.getBoundingClientRect().top;
  if (below > column.clientHeight - 60) column.scrollTop = below - column.clientHeight / 2;
}
