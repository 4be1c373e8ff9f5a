// Reading one publication: a page at a time, its image beside its text, and searching in it.
import { send } from '../channel.js';
import { fill, find } from '../dom.js';
import { _ } from '../texts.js';
import { zooming } from '../zoom.js';

const EDGE = 60; // pixels at the edges of the window where nobody looks
const ORIGINAL = new URL('../../library/original/', import.meta.url);

const place = { id: '', number: 1, words: '' };
const zoomed = zooming(find('#library-frame'), find('#library-zoom'));
let opening = 0; // counts what was asked for: an answer to an older wish is not shown

export async function open(id, number) {
  if (id !== place.id) {
    Object.assign(place, { id, words: '' });
    find('#library-sought').value = '';
    find('#library-found').textContent = '';
    find('#library-matches').replaceChildren();
    find('#library-read-title').textContent = _('Opening…');
    ['#library-head', '#library-text'].forEach((part) => find(part).replaceChildren());
    find('#library-page').hidden = true;
  }
  place.number = number; // so that two quick presses turn two pages
  opening += 1;
  const wish = opening;
  const column = find('#library-text');
  column.setAttribute('aria-busy', 'true');
  try {
    const page = await send('library/open', { id, number, words: place.words });
    if (wish === opening) await show(page);
  } finally {
    if (wish === opening) column.removeAttribute('aria-busy');
  }
}

async function show(page) {
  place.number = page.number;
  // Pages turned one by one are no steps of the browser's history: its way back leads to the list.
  const address = `#library-read-${place.id}/`;
  if (window.location.hash.startsWith(address)) {
    window.history.replaceState(window.history.state, '', `${address}${page.number}`);
  }
  const paged = page.what === 'page';
  const total = { total: page.total };
  const turning = paged ? _('page {number} of {total}', total) : _('section {number} of {total}', total);
  const [before, after] = turning.split('{number}'); // the box for the number stands between them
  fill(find('#icat-library'), { before, after });
  find('#library-read-title').textContent = page.title;
  find('#library-head').innerHTML = page.head;
  const box = find('#library-number');
  Object.assign(box, { value: page.number, max: page.total });
  box.setAttribute('aria-label', paged ? _('Go to page') : _('Go to section'));
  find('#library-place').textContent = page.name;
  find('[data-lb="previous"]').disabled = page.number === 1;
  find('[data-lb="next"]').disabled = page.number === page.total;
  find('#library-text').innerHTML = page.text;
  const file = find('#library-file');
  file.hidden = !page.file;
  file.textContent = page.file;
  file.href = `${new URL(place.id, ORIGINAL)}${page.image ? `#page=${page.number}` : ''}`;
  const image = find('#library-frame img');
  find('#library-page').hidden = !page.image;
  image.alt = page.alt;
  if (page.image) {
    image.src = `data:image/png;base64,${page.image}`;
    await image.decode().catch(() => {});
  }
  toMark(page.mark);
}

// Brings what is marked into view, in the image and in the text; without a mark, the beginning.
function toMark(mark) {
  const column = find('#library-text');
  const first = find('mark', column);
  column.scrollTop = first ? first.offsetTop - column.clientHeight / 3 : 0;
  if (find('#library-page').hidden) first?.scrollIntoView({ block: 'nearest' });
  else {
    zoomed.show(mark);
    inWindow();
  }
}

// The mark is in view in its frame; here the frame is scrolled to, if need be.
function inWindow() {
  const height = zoomed.height();
  if (height === null) return;
  if (height < EDGE || height > window.innerHeight - EDGE) window.scrollBy(0, height - window.innerHeight / 2);
}

export function zoom(by) {
  zoomed.by(by);
  inWindow();
}

const turn = (number) => open(place.id, Math.max(number, 1));

export const step = (by) => turn(place.number + by);

export function go({ elements: { number } }) {
  turn(Number(number.value));
}

export async function seek({ elements: { words } }) {
  place.words = words.value.trim();
  if (!place.words) {
    find('#library-found').textContent = '';
    find('#library-matches').replaceChildren();
    turn(place.number);
    return;
  }
  const { id } = place;
  const { html, said } = await send('library/seek', { id, words: place.words });
  if (id !== place.id) return;
  find('#library-found').textContent = said;
  const box = find('#library-matches');
  box.innerHTML = html;
  const first = find('button', box);
  if (first) toMatch(first);
}

export function toMatch(button) {
  find('#library-matches [aria-current]')?.removeAttribute('aria-current');
  button.setAttribute('aria-current', 'true');
  turn(Number(button.value));
}
