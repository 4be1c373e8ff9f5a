// The Toolkit view: what is browsed, and the source of an item. With wire.js, sheet_store.js and sheet.js one script,
// run when the page has loaded. HTML of items comes only from assistant/app/toolkit_html.py and assistant/render.py,
// which escape; everything else is set as text.
const PAUSE = 150; // milliseconds without a key before the words typed are searched for
const find = (selector) => document.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];

let browsing = ''; // id of what is waited for: one request at a time, for a reply could be overwritten by the next
let again = false; // something else was chosen meanwhile
let revealing = null; // {id, from}: the button that a source was opened from
let typed = 0; // timer

// --- browsing ---

const filters = () => find('#toolkit-filters').elements;

function browse() {
  clearTimeout(typed);
  const { words, activity, kind, level, own } = filters();
  if (kind.value !== 'indicator') level.value = '';
  find('[data-choice="level"]').hidden = kind.value !== 'indicator';
  find('#toolkit-results').setAttribute('aria-busy', 'true');
  again = Boolean(browsing);
  if (again) return;
  browsing = send('browse', {
    words: words.value, activity: activity.value, kind: kind.value, level: level.value, own: own.checked,
  });
}

function counted(counts) {
  all('#toolkit-activity option').forEach((option) => {
    option.textContent = `${option.dataset.words} (${counts.activity[option.value]})`;
  });
  ['kind', 'level'].forEach((name) => all(`#toolkit-filters [name="${name}"]`).forEach((radio) => {
    const words = radio.nextElementSibling;
    words.textContent = `${words.dataset.words} (${counts[name][radio.value]})`;
  }));
  find('#toolkit-activity [value="elsewhere"]').hidden = !counts.activity.elsewhere
    && filters().activity.value !== 'elsewhere';
}

function choose(value) {
  filters().activity.value = value;
  browse();
  find('#toolkit-activity').focus();
}

// Whether each item shown is on the sheet.
function markAdded() {
  all('#toolkit-results [data-tk="add"]').forEach((button) => {
    const added = has(button.value);
    button.classList.toggle('icat-tk-added', added);
    button.firstChild.textContent = added ? 'In the sheet' : 'Add';
  });
  all('#toolkit-results [data-tk="add-all"]').forEach((button) => {
    const left = idsUnder(button).filter((id) => !has(id)).length;
    button.hidden = !left;
  });
}

const idsUnder = (button) => all('[data-tk="add"]', button.closest('p').previousElementSibling).map((add) => add.value);

// --- the source of an item ---

function reveal(item, from) {
  revealing = { id: send('reveal', { item }), from };
  const body = find('[data-tk="source-body"]');
  body.textContent = 'Opening the source…';
  find('#toolkit-source').showModal();
}

function revealed(html) {
  const body = find('[data-tk="source-body"]');
  body.innerHTML = html;
  const mark = body.querySelector('.icat-passage mark');
  if (mark) mark.scrollIntoView({ block: 'center' });
  if (mark && mark.closest('.icat-passage').scrollTop) find('#toolkit-source').scrollTop = 0;
  find('#toolkit-source-title').focus({ preventScroll: true });
}

// --- steps from the server ---

const steps = {
  browsed({ id, html, said: words, counts, replaced }) {
    if (id !== browsing) return;
    browsing = '';
    if (again) { browse(); return; }
    const results = find('#toolkit-results');
    const held = results.contains(document.activeElement) ? document.activeElement : null;
    results.innerHTML = html;
    results.removeAttribute('aria-busy');
    find('#toolkit-count').textContent = words;
    find('.icat-tk-own').hidden = !replaced && !filters().own.checked;
    counted(counts);
    markAdded();
    if (held) (all(`[data-tk="${held.dataset.tk}"]`, results).find((b) => b.value === held.value) || find('#toolkit-words')).focus();
  },
  gathered({ id, rows, missing, replaced }) {
    const then = gatheredNext(id);
    if (then) then(rows, missing, replaced);
  },
  source({ id, html }) {
    if (revealing && revealing.id === id) revealed(html);
  },
  checked({ record }) { opened(record); },
  saved(file) {
    download(file);
    tell(`Saved as ${file.name}.`);
  },
  failed({ id, text }) {
    const wanted = gatheredNext(id);
    if (revealing && revealing.id === id) find('[data-tk="source-body"]').textContent = text;
    else if (id === browsing) {
      browsing = '';
      find('#toolkit-results').removeAttribute('aria-busy');
      find('#toolkit-count').textContent = text;
    } else tell(text);
    if (wanted && document.documentElement.dataset.view !== 'toolkit') note(text);
  },
};
