// The Library view: which of its screens is shown, and what is pressed in it.
import { all, find, onPress, onSubmit } from '../dom.js';
import { current } from '../page.js';
import { add, cancel, chosen, listenToDrops, recognise } from './adding.js';
import { dismiss, filter, list, remove, tell, undo } from './list.js';
import { go, open, seek, step, toMatch, zoom } from './read.js';

const PLACE = /^#library(?:-read-([a-z0-9-]+)\/(\d+))?$/;
const view = find('#icat-library');
let seen = ''; // 'list', or the publication that was read
let left = 0; // how far down the list was left, in pixels

function show(name) {
  all('[data-screen]', view).forEach((screen) => { screen.hidden = screen.dataset.screen !== name; });
}

function route() {
  const match = PLACE.exec(window.location.hash);
  if (current() !== 'library' || (!match && seen)) return; // a place within the screen
  const [, id, number] = match || [];
  tell('');
  if (id && seen === 'list') left = window.scrollY;
  show(id ? 'read' : 'list');
  if (id) open(id, Number(number));
  else list();
  if (seen && seen !== (id || 'list')) {
    window.scrollTo(0, id ? 0 : left);
    find(id ? '#library-read-title' : '#library-title').focus({ preventScroll: true });
  }
  seen = id || 'list';
}

onPress(view, 'lb', {
  previous: () => step(-1),
  next: () => step(1),
  smaller: () => zoom(-1),
  larger: () => zoom(1),
  match: toMatch,
  remove, undo, dismiss, cancel,
});
onSubmit(view, { 'library-filters': filter, 'library-go': go, 'library-seek': seek, 'icat-lb-form': add, 'icat-lb-recognise': recognise });
find('#library-filters').addEventListener('input', filter);
find('#library-files').addEventListener('change', chosen);
find('#library-uploads').addEventListener('change', ({ target }) => { // it is not what the catalogue takes it for
  if (target.name === 'own') find('.icat-lb-fields', target.form).hidden = !target.checked;
});
listenToDrops();
window.addEventListener('hashchange', route);
route();
