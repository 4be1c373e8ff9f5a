// The Review view: the list of reviews, making one, results. With wire.js, review_store.js, review_judge.js
// and review_moves.js one script, run when the page has loaded. HTML comes only from assistant/app/review_html.py and
// assistant/app/review_results_html.py, which escape; everything else is set as text.
const CONVERSATION = 'icat-conversation'; // where the chat keeps the conversation of this tab
const PLACE = /^#review(?:-(r\d+)(?:-(rate|results|decide)(?:-(\d+))?)?)?$/;
let place = {}; // {review, screen, number} of the address
let seen = false; // whether a screen of the view was shown before

const address = (review, screen) => `#review-${review}-${screen}`;

function go(hash) {
  if (window.location.hash === hash) route(); else window.location.hash = hash;
}

function route() {
  if (document.documentElement.dataset.view !== 'review') return;
  const match = PLACE.exec(window.location.hash);
  if (!match && seen) return; // a place within the screen
  const [, review = '', screen = 'start', number = ''] = match || [];
  place = { review, screen, number: Number(number) || null };
  tell('');
  if (screen === 'rate') rate(review);
  else if (screen === 'decide') decide(review, place.number);
  else if (screen === 'results') results(review);
  else start();
  seen = true;
}

function showScreen(name, heading) {
  all('#icat-review [data-screen]').forEach((screen) => { screen.hidden = screen.dataset.screen !== name; });
  const title = find(`#icat-review [data-screen="${name}"] h2`);
  if (heading) title.textContent = heading;
  if (!seen) return;
  window.scrollTo(0, 0);
  title.focus({ preventScroll: true });
}

// --- the list ---

function start() {
  showScreen('start');
  list();
}

function list(then = () => {}) {
  request('reviews', {}, {
    then({ html, runs, number }) {
      const box = find('#review-list');
      box.innerHTML = html;
      box.removeAttribute('aria-busy');
      all('[data-rater]', box).forEach((row) => row.classList.toggle('icat-rv-me', row.dataset.rater === mine.rater));
      const run = find('#review-run');
      const before = run.value;
      run.replaceChildren(...runs.map((name) => new Option(name, name)));
      if (runs.includes(before)) run.value = before;
      run.hidden = !runs.length;
      find('#review-no-run').hidden = Boolean(runs.length);
      if (!number) find('#review-make').open = true;
      then();
    },
    fail(text) {
      tell(text);
      find('#review-list').removeAttribute('aria-busy');
    },
  });
}

const parted = (text) => text.split(/[,;\n]/).map((part) => part.trim()).filter(Boolean);

function conversationOfTab() {
  try {
    const { record } = JSON.parse(sessionStorage.getItem(CONVERSATION)) || {};
    return record && record.turns.length ? record : null;
  } catch {
    return null;
  }
}

function showSource() {
  const { source } = find('#review-form-make').elements;
  all('[data-for-source]').forEach((part) => { part.hidden = part.dataset.forSource !== source.value; });
}

async function make(form) {
  const { source, file, text, run, title, raters, per_tag: perTag, tags, per_claim: perClaim, withheld, seed } = form.elements;
  const content = {
    source: source.value === 'tab' || source.value === 'file' ? 'conversation' : source.value,
    title: title.value, raters: parted(raters.value), tags: parted(tags.value), withheld: withheld.checked,
    per_tag: Number(perTag.value) || null, per_claim: Number(perClaim.value) || null, seed: Number(seed.value) || 0,
  };
  if (source.value === 'tab') content.record = conversationOfTab();
  if (source.value === 'pasted') content.text = text.value;
  if (source.value === 'run') content.name = run.value;
  if (source.value === 'file') {
    if (!file.files.length) { tell('Choose a file first.'); file.focus(); return; }
    try {
      content.record = JSON.parse(await file.files[0].text());
    } catch {
      tell('This file is no saved conversation.');
      return;
    }
    content.name = file.files[0].name;
  }
  tell('The review is being made…');
  request('create', content, {
    line: 'writing',
    then({ text: words, review }) {
      find('#review-make').open = false;
      ['text', 'title'].forEach((name) => { form.elements[name].value = ''; });
      list(() => {
        tell(words);
        const card = find(`.icat-rv-card[data-review="${review}"] h3`);
        if (!card) return;
        card.tabIndex = -1;
        card.focus();
      });
    },
  });
}

function assign(form) {
  const { review } = form.dataset;
  request('assign', { review, rater: form.elements.rater.value }, {
    line: 'writing',
    then: ({ text }) => list(() => {
      tell(text);
      find(`#review-add-${review}`).focus();
    }),
  });
}

function remove(button) {
  if (!window.confirm(`Remove “${button.dataset.title}” with all verdicts? This cannot be undone.`)) return;
  request('remove', { review: button.value }, {
    line: 'writing',
    then: ({ text }) => list(() => {
      tell(text);
      find('#review-title').focus();
    }),
  });
}

// --- results ---

const lookKey = (review) => `${review} ${mine.rater}`;
// Who asks for what raters said, and whether they were told what that means.
const asking = (review) => ({ review, rater: mine.rater, look: mine.looks.includes(lookKey(review)) });

function results(review) {
  showScreen('results', 'Results');
  const box = find('#review-results');
  box.textContent = 'The results are being worked out…';
  request('figures', asking(review), {
    then({ html, title }) {
      find('#review-results-title').textContent = `Results: ${title}`;
      box.innerHTML = html;
    },
    fail(text) {
      box.textContent = text;
    },
  });
}

function regress(button) {
  request('regress', { claim: button.value }, {
    line: 'writing',
    then({ text }) {
      tell(text);
      const done = document.createElement('small');
      done.textContent = text;
      button.after(done);
      button.disabled = true;
    },
  });
}

function exportFile(button) {
  request('export', { ...asking(place.review), format: button.value }, {
    then(file) {
      download(file);
      tell(`Saved as ${file.name}.`);
    },
  });
}

// --- what is pressed ---

const does = {
  rate(button) {
    mine.rater = button.dataset.rater;
    keepMine();
    go(address(button.value, 'rate'));
  },
  look({ value }) {
    mine.looks.push(lookKey(value));
    keepMine();
    results(value);
  },
  remove,
  regress,
  export: exportFile,
  example() {
    const { text } = find('#review-form-make').elements;
    text.value = find('#review-format pre').textContent;
    text.focus();
  },
  help,
  'close-help': () => find('#review-help').close(),
  ...ofJudging,
};
const forms = { make, assign, judge: () => next() };

function listen() {
  const view = find('#icat-review');
  view.addEventListener('click', (event) => {
    const button = event.target.closest('button[data-rv]');
    if (button) does[button.dataset.rv](button);
  });
  view.addEventListener('submit', (event) => {
    event.preventDefault();
    forms[event.target.dataset.form](event.target);
  });
  find('#review-form-make').addEventListener('change', showSource);
  window.addEventListener('hashchange', route);
  listenJudging();
}

window.icatReview = { hear };

(function beginView() {
  if (!['#review-form', '#review-help', '#review-form-make'].every(find)) { requestAnimationFrame(beginView); return; }
  readMine();
  listen();
  showSource();
  pushAll();
  route();
}());
