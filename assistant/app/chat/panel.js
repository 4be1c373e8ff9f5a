// The panel with the source of a label.
import { send } from '../channel.js';
import { all, find, narrow, scroll } from '../dom.js';
import { decoded, showMarked, sourceFrom } from '../source.js';
import { box, say } from './composer.js';
import { recordOf } from './turns.js';
import { _ } from '../texts.js';

let opening = null; // the way of a source that was asked for last: two may be under way for one label
let opened = null; // the label whose source is shown
let hint = null; // what stands in the empty panel

const panel = () => find('#icat-panel');

// `quietly`: nobody asked for it, so the reader is left where they are.
export async function open(label, quietly = false) {
  const record = recordOf(label);
  if (!record) return;
  const mine = {};
  opening = mine;
  panel().setAttribute('aria-busy', 'true');
  if (!quietly) say(_('Opening the source.'));
  try {
    const { html } = await send('chat/open', { value: label.value, record });
    const source = sourceFrom(html);
    await decoded(source);
    if (opening !== mine) return;
    show(/^\[/.test(label.textContent) ? _('Source {label}', { label: label.textContent }) : _('Nearest passage'), source.children, label);
  } finally {
    if (opening === mine) settle();
  }
  showMarked(panel());
  if (quietly) return;
  say(_('The source is shown.'));
  find('#icat-panel-title').focus({ preventScroll: true });
  if (narrow()) scroll(panel());
}

// The first source of a new answer. On a narrow screen it would push what was asked out of sight; without one, the
// panel does not stay with the source of another answer.
export function openFirst(article) {
  const label = narrow() ? null : find('.icat-label', article);
  if (label) open(label, true); else close();
}

export function close() {
  settle();
  if (hint) show(_('Source'), hint, null);
}

export function back() {
  if (!opened?.isConnected) { box().focus(); return; }
  scroll(opened, 'center');
  opened.focus({ preventScroll: true });
}

function settle() {
  opening = null;
  panel().removeAttribute('aria-busy');
}

function show(title, content, label) {
  hint = hint || [...find('#icat-source').children];
  all('[name="icat-source"][aria-current]').forEach((old) => old.removeAttribute('aria-current'));
  label?.setAttribute('aria-current', 'true');
  opened = label;
  find('#icat-panel-title').textContent = title;
  find('#icat-source').replaceChildren(...content);
  find('[data-do="back"]').hidden = !label;
}
