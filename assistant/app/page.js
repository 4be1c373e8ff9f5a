// Which view of the page is shown: the one its address names ('#toolkit', or '#toolkit-…' for a place within it), else
// the first. Begins their scripts when Gradio has put the page together. The styles of the views are in assets.py.
import { all, find } from './dom.js';
import { listenToLook } from './look.js';

const root = document.documentElement;
const [offered, parts] = ['views', 'parts'].map((name) => find(`meta[name="icat-${name}"]`).content.split(' '));
const reader = document.cookie.split('; ').includes('icat-role=reader'); // who may not review
const views = offered.filter((view) => !(reader && view === 'review'));
const scrolled = {}; // view -> how far down it was left, in pixels

export const current = () => root.dataset.view;

// Calls `then` now if this view is shown, and whenever it comes into view.
export function onView(name, then) {
  document.addEventListener('icat-view', () => { if (current() === name) then(); });
  if (current() === name) then();
}

function named() {
  const name = window.location.hash.slice(1);
  return views.find((view) => name === view || name.startsWith(`${view}-`)) || current() || views[0];
}

function mark() {
  const link = find(`#icat-views a[href="#${current()}"]`);
  const title = find('#icat-top h1').textContent;
  document.title = current() === views[0] ? title : `${link.firstChild.textContent.trim()} – ${title}`;
  all('#icat-views [aria-current]').forEach((other) => other.removeAttribute('aria-current'));
  link.setAttribute('aria-current', 'page');
}

function show() {
  const before = current();
  const view = named();
  if (before === view) return; // the browser itself goes to a place that is shown
  scrolled[before] = window.scrollY;
  root.dataset.view = view;
  mark();
  window.scrollTo(0, scrolled[view] || 0);
  document.dispatchEvent(new Event('icat-view'));
  const place = document.getElementById(window.location.hash.slice(1));
  if (!place) return;
  place.scrollIntoView({ block: 'start' });
  place.focus({ preventScroll: true });
}

// The page in another language is another page; what is asked for in this browser is kept for the next visit.
function speak({ target }) {
  document.cookie = `icat-language=${target.value}; path=/; max-age=31536000; samesite=lax`;
  window.location.assign(`./${target.value === 'en' ? '' : target.value}${window.location.hash}`);
}

async function begin() {
  while (!parts.every((id) => document.getElementById(id)?.textContent.trim())) await new Promise(requestAnimationFrame);
  if (reader) find('#icat-views a[href="#review"]').closest('li').remove();
  mark();
  find('#icat-language').addEventListener('change', speak);
  listenToLook();
  window.addEventListener('hashchange', show);
  views.forEach((view) => import(`./${view}/${view}.js`));
}

root.dataset.view = named();
begin();
