// --- sources ---

function open(label, quietly = false) {
  const turn = turns()[Number(label.value.split('.')[0])];
  if (!turn) return;
  opening = { id: nextId(), label, quietly };
  find('#icat-panel').setAttribute('aria-busy', 'true');
  if (!quietly) say('Opening the source.');
  send('open', { id: opening.id, value: label.value, record: only(turn) });
}

async function shown(html) {
  const { id, label, quietly } = opening;
  const source = document.createElement('div');
  source.innerHTML = html;
  // Decoded before they are shown: else the page grows under the reader, and is not yet tall enough to scroll to.
  await Promise.all([...source.querySelectorAll('img')].map((image) => image.decode().catch(() => {})));
  if (!opening || opening.id !== id) return;
  opening = null;
  opened = label;
  document.querySelectorAll('[name="icat-source"][aria-current]').forEach((old) => old.removeAttribute('aria-current'));
  label.setAttribute('aria-current', 'true');
  const panel = find('#icat-panel');
  panel.removeAttribute('aria-busy');
  find('#icat-source').replaceChildren(...source.children);
  find('#icat-panel-title').textContent = /^\[/.test(label.textContent) ? `Source ${label.textContent}` : 'Nearest passage';
  find('#icat-source').querySelectorAll('img').forEach(enlargeable);
  find('[data-do="back"]').hidden = false;
  panel.scrollTop = 0;
  const mark = find('.icat-passage mark');
  if (mark) { // a long passage scrolls within itself where a page stands below it, else the panel does
    const passage = mark.closest('.icat-passage');
    passage.scrollTop = mark.offsetTop - 40;
    panel.scrollTop = passage.scrollHeight > passage.clientHeight ? 0 : Math.max(0, passage.offsetTop + mark.offsetTop - 160);
  }
  if (quietly) return;
  say('The source is shown.');
  find('#icat-panel-title').focus({ preventScroll: true });
  if (narrow()) scroll(panel);
}

function enlargeable(image) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Enlarge the page';
  const frame = document.createElement('div');
  frame.className = 'icat-page-frame';
  frame.tabIndex = 0;
  frame.setAttribute('role', 'group');
  frame.setAttribute('aria-label', 'Page image');
  image.before(button, frame);
  frame.append(image);
  button.addEventListener('click', () => {
    const large = frame.classList.toggle('icat-large');
    button.textContent = large ? 'Fit the page to the panel' : 'Enlarge the page';
  });
}

function back() {
  if (!opened || !opened.isConnected) { box().focus(); return; }
  scroll(opened, 'center');
  opened.focus({ preventScroll: true });
}
