// --- what is pressed and typed ---

const does = {
  choose: (pressed) => choose(pressed.value),
  add: (pressed) => {
    if (!has(pressed.value)) { add([pressed.value]); return; }
    const { key } = sheet.rows.find((row) => row.item_id === pressed.value);
    made.get(key).scrollIntoView({ block: 'nearest' });
    made.get(key).focus();
  },
  'add-all': (pressed) => { add(idsUnder(pressed)); },
  reveal: (pressed) => {
    const row = pressed.closest('.icat-tk-row');
    reveal(row ? rowOf(row.dataset.key).item_id : pressed.value, pressed);
  },
  close: () => find('#toolkit-source').close(),
  up: (pressed) => move(pressed, -1),
  down: (pressed) => move(pressed, 1),
  remove,
  original,
  undo,
  clear,
  keep: keepAsFile,
  load: () => find('#toolkit-file').click(),
  export: (pressed) => {
    tell('The file is being written.');
    send('produce', { format: pressed.value, record: toSend() });
  },
  dismiss: () => find('#icat-note').classList.remove('icat-shown'),
};

function listen() {
  document.addEventListener('click', (event) => {
    const pressed = event.target.closest('button[data-tk]');
    if (pressed) does[pressed.dataset.tk](pressed);
  });
  find('#toolkit-filters').addEventListener('submit', (event) => { event.preventDefault(); browse(); });
  find('#toolkit-filters').addEventListener('input', (event) => {
    clearTimeout(typed);
    if (event.target.name === 'words') typed = setTimeout(browse, PAUSE); else browse();
  });
  find('#toolkit-own').addEventListener('submit', (event) => { event.preventDefault(); addOwn(event.target); });
  find('#toolkit-own-kind').addEventListener('input', ownKind);
  find('#toolkit-sheet').addEventListener('input', (event) => {
    if (event.target.closest('.icat-tk-row, .icat-tk-title')) edited(event.target);
  });
  find('#toolkit-sheet').addEventListener('focusout', (event) => { // an emptied wording gets its words back
    if (event.target.dataset.field && event.target.closest('.icat-tk-row')) setTimeout(show);
  });
  new IntersectionObserver(([{ isIntersecting }]) => { // no way to where one is
    find('#toolkit-jump').classList.toggle('icat-tk-there', isIntersecting);
  }, { rootMargin: '0px 0px -30% 0px' }).observe(find('#toolkit-sheet'));
  find('#toolkit-file').addEventListener('change', ({ target }) => {
    if (target.files.length) openFile(target.files[0]);
    target.value = '';
  });
  find('#toolkit-source').addEventListener('close', () => {
    if (revealing && revealing.from.isConnected) revealing.from.focus();
    revealing = null;
  });
  window.addEventListener('storage', (event) => {
    if (event.key !== SHEET && event.key !== null) return;
    sheet = read();
    show();
    tell('The sheet was changed in another tab; this is how it is now.');
  });
  window.addEventListener('beforeunload', (event) => { if (!kept && sheet.rows.length) event.preventDefault(); });
  document.addEventListener('icat-sheet-add', ({ detail }) => add(detail.items.map((item) => item.id), 'chat'));
  document.addEventListener('icat-view', ({ detail }) => { if (detail.view === 'toolkit') arrive(); });
}

function ownKind() {
  find('#toolkit-own-level').closest('p').hidden = find('#toolkit-own-kind').value !== 'indicator';
}

let arrived = false;

// The view is seen for the first time: nothing is asked of the server before.
function arrive() {
  find('#icat-note').classList.remove('icat-shown');
  all('#toolkit-sheet textarea').forEach(grow);
  if (arrived) return;
  arrived = true;
  browse();
  lookUp();
}

window.icatToolkit = { hear, ids };

(function begin() {
  if (!['#toolkit-filters', '#toolkit-row', '#icat-note'].every(find)) { requestAnimationFrame(begin); return; }
  sheet = read();
  listen();
  ownKind();
  show();
  document.body.classList.add('icat-has-sheet');
  if (document.documentElement.dataset.view === 'toolkit') arrive();
}());
