// A source as the server shows it: its passage with the words marked, and the images of its pages.
import { all, element, find } from './dom.js';
import { _ } from './texts.js';
import { zooming } from './zoom.js';

let large = null; // the dialog in which a page is shown large, and its zoom

// Ready to be put on the page; each page image can be enlarged.
export function sourceFrom(html) {
  const source = element('div', { innerHTML: html });
  all('.icat-passage', source).forEach((passage) => scrollable(passage, _('Passage')));
  all('img', source).forEach((image) => {
    const button = element('button', { type: 'button', textContent: _('Enlarge the page') });
    const frame = element('div', { className: 'icat-page-frame' });
    scrollable(frame, _('Page image'));
    image.before(button, frame);
    frame.append(image);
    button.setAttribute('aria-haspopup', 'dialog');
    button.addEventListener('click', () => enlarge(image));
  });
  return source;
}

// Shows a page as wide as the window, where what is marked stands. Escape closes it, and the focus is where it was.
async function enlarge(image) {
  large = large || build();
  const { dialog, frame, zoomed } = large;
  Object.assign(find('img', frame), { src: image.src, alt: image.alt });
  await find('img', frame).decode().catch(() => {});
  dialog.showModal();
  zoomed.reset();
  zoomed.show(image.dataset.mark ? image.dataset.mark.split(' ').map(Number) : null);
  frame.focus({ preventScroll: true });
}

function build() {
  const press = (text, name, act) => {
    const button = element('button', { type: 'button', textContent: text });
    button.setAttribute('aria-label', name);
    button.addEventListener('click', act);
    return button;
  };
  const word = element('span');
  const frame = element('div', { className: 'icat-large-frame' }, element('img'));
  scrollable(frame, _('Page image'));
  const zoomed = zooming(frame, word);
  const dialog = element('dialog', { id: 'icat-large' });
  dialog.setAttribute('aria-label', _('The page, large'));
  dialog.append(
    element('div', { className: 'icat-large-bar' },
      press('−', _('Smaller'), () => zoomed.by(-1)), word, press('+', _('Larger'), () => zoomed.by(1)),
      press(_('Close'), _('Close the page'), () => dialog.close())),
    frame,
  );
  find('#icat-top .icat-header').append(dialog); // where buttons look as they do on the page
  return { dialog, frame, zoomed };
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
