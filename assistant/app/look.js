// Text size and colours, chosen in the header and kept in this browser; `early.html` applies them. And how much of the
// header stays in view, which changes with the text size.
import { all, find } from './dom.js';
import { keeper } from './keep.js';

const look = keeper('local', 'icat-look'); // {text, colours}, '' for what the browser itself has

function choose() {
  const [text, colours] = ['text', 'colours'].map((name) => find(`#icat-look [name="${name}"]:checked`).value);
  look.write({ text, colours });
  document.dispatchEvent(new Event('icat-look'));
}

// What stands above the views scrolls away, the rest of the bar stays.
function measure(bar) {
  const [title, views] = [find('h1', bar), find('#icat-views', bar)];
  const above = title.offsetTop + title.offsetHeight <= views.offsetTop ? views.offsetTop - 4 : 0;
  const { style } = document.documentElement;
  style.setProperty('--icat-above', `${above}px`);
  style.setProperty('--icat-head', `${bar.offsetHeight - above}px`);
}

export function listenToLook() {
  const kept = look.read() || {};
  all('#icat-look input').forEach((each) => {
    if (kept[each.name] !== undefined) each.checked = each.value === kept[each.name];
  });
  find('#icat-look').addEventListener('change', choose);
  const menu = find('#icat-look').closest('details');
  menu.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape' || !menu.open) return;
    menu.open = false;
    find('summary', menu).focus();
  });
  const bar = find('.icat-bar');
  new ResizeObserver(() => measure(bar)).observe(bar);
}
