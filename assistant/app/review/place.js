// Where in the Review view one is: the screen and the review that the address names.
import { all, find } from '../dom.js';
import { current } from '../page.js';
import { tell } from './mine.js';

const PLACE = /^#review(?:-(r\d+)(?:-(rate|results|decide)(?:-(\d+))?)?)?$/;

export const place = { review: '' };
let screens = {};
let visits = 0; // screens shown until now
let seen = false; // whether there was one before

export const address = (review, screen) => `#review-${review}-${screen}`;

// Gives a function that says whether one is still there.
export function staying() {
  const visit = visits;
  return () => visits === visit;
}

// `those`: name -> what shows the screen, given the review and a sentence's number.
export function follow(those) {
  screens = those;
  window.addEventListener('hashchange', route);
  route();
}

export function go(hash) {
  if (window.location.hash === hash) route(); else window.location.hash = hash;
}

function route() {
  if (current() !== 'review') return;
  const match = PLACE.exec(window.location.hash);
  if (!match && seen) return; // a place within the screen
  const [, review = '', screen = 'start', number = ''] = match || [];
  place.review = review;
  visits += 1;
  tell('');
  screens[screen](review, Number(number) || null);
  seen = true;
}

export function showScreen(name, heading = '') {
  all('#icat-review [data-screen]').forEach((screen) => { screen.hidden = screen.dataset.screen !== name; });
  const title = find(`#icat-review [data-screen="${name}"] h2`);
  if (heading) title.textContent = heading;
  toTop(title);
}

// The reader's eye and the keyboard go to what has come; not when the page was opened here, where nothing was before.
export function toTop(heading) {
  if (!seen) return;
  window.scrollTo(0, 0);
  heading.focus({ preventScroll: true });
}
