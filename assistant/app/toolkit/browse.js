// Browsing the lists of the Toolkit, and the source of an item.
import { send } from '../channel.js';
import { all, find } from '../dom.js';
import { showMarked, sourceFrom } from '../source.js';
import { onSheet, rowOfItem } from './sheet.js';
import { _ } from '../texts.js';

const PAUSE = 150; // milliseconds without a key before the words typed are searched for

let browsing = 0; // counts what was asked for: an answer to an older wish is not shown
let revealing = ''; // the item whose source is shown, or on its way
let typed = 0; // timer

const chosen = () => find('#toolkit-filters').elements;

export const idsUnder = (button) => all('[data-tk="add"]', button.closest('p').previousElementSibling)
  .map(({ value }) => value);

export async function browse() {
  clearTimeout(typed);
  const { words, activity, kind, level, own } = chosen();
  if (kind.value !== 'indicator') level.value = '';
  find('[data-choice="level"]').hidden = kind.value !== 'indicator';
  const results = find('#toolkit-results');
  results.setAttribute('aria-busy', 'true');
  browsing += 1;
  const wish = browsing;
  const content = { words: words.value, activity: activity.value, kind: kind.value, level: level.value, own: own.checked };
  try {
    const found = await send('toolkit/browse', content);
    if (wish === browsing) browsed(results, found);
  } finally {
    if (wish === browsing) results.removeAttribute('aria-busy');
  }
}

export function browseSoon() {
  clearTimeout(typed);
  typed = setTimeout(browse, PAUSE);
}

export function choose(activity) {
  chosen().activity.value = activity;
  browse();
  find('#toolkit-activity').focus();
}

function browsed(results, { html, said, counts, replaced }) {
  const held = results.contains(document.activeElement) ? document.activeElement : null;
  results.innerHTML = html;
  find('#toolkit-count').textContent = said;
  find('.icat-tk-own').hidden = !replaced && !chosen().own.checked;
  counted(counts);
  markAdded();
  if (!held) return;
  const same = all(`[data-tk="${held.dataset.tk}"]`, results).find((button) => button.value === held.value);
  (same || find('#toolkit-words')).focus();
}

// Beside each choice, how many items it would give.
function counted(counts) {
  const write = (words, number) => { words.textContent = `${words.dataset.words} (${number})`; };
  all('#toolkit-activity option').forEach((option) => write(option, counts.activity[option.value]));
  all('#toolkit-filters [type="radio"]').forEach((radio) => write(radio.nextElementSibling, counts[radio.name][radio.value]));
  find('#toolkit-activity [value="elsewhere"]').hidden = !counts.activity.elsewhere
    && chosen().activity.value !== 'elsewhere';
}

// Whether each item shown is on the sheet.
function markAdded() {
  all('#toolkit-results [data-tk="add"]').forEach((button) => {
    const added = Boolean(rowOfItem(button.value));
    button.classList.toggle('icat-tk-added', added);
    button.firstChild.textContent = added ? _('In the sheet') : _('Add');
  });
  all('#toolkit-results [data-tk="add-all"]').forEach((button) => { button.hidden = idsUnder(button).every(rowOfItem); });
}

export function reveal(item) {
  revealing = item;
  const body = find('#toolkit-source-body');
  body.textContent = _('Opening the source…');
  find('#toolkit-source').showModal();
  send('toolkit/reveal', { item }).then(({ html }) => {
    if (revealing !== item) return;
    body.replaceChildren(...sourceFrom(html).children);
    showMarked(find('#toolkit-source'));
    find('#toolkit-source-title').focus({ preventScroll: true });
  }, ({ message }) => { if (revealing === item) body.textContent = message; });
}

onSheet(markAdded);
