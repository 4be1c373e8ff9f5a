// Files to add: each is sent, read, shown with what was understood, and added when the reader says so.
import { send, steps } from '../channel.js';
import { all, element, fill, find } from '../dom.js';
import { list, tell } from './list.js';
import { _, language, ngettext } from '../texts.js';

const UPLOAD = new URL('../../library/upload', import.meta.url);

const uploads = new Map(); // row -> {request, token, gone}
let line = Promise.resolve(); // one file after another: reading takes a core

export function chosen({ target }) {
  take(target.files);
  target.value = '';
}

export function listenToDrops() {
  const [view, drop] = [find('#icat-library'), find('#library-drop')];
  const holdsFiles = ({ dataTransfer }) => [...dataTransfer.types].includes('Files');
  view.addEventListener('dragover', (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault(); // else the browser would open the file in place of the page
    drop.classList.add('icat-lb-over');
  });
  view.addEventListener('dragleave', () => drop.classList.remove('icat-lb-over'));
  view.addEventListener('drop', (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    drop.classList.remove('icat-lb-over');
    if (view.classList.contains('icat-lb-adding')) take(event.dataTransfer.files);
  });
}

function take(files) {
  [...files].forEach((file) => {
    const row = find('#library-upload').content.firstElementChild.cloneNode(true);
    fill(row, { name: file.name, state: _('waiting') });
    find('[data-lb="cancel"]', row).setAttribute('aria-label', _('Cancel {name}', file));
    find('#library-uploads').append(row);
    const upload = { gone: false, token: '', request: null, closing: null };
    uploads.set(row, upload);
    line = line.then(() => (upload.gone ? null : bring(row, upload, file)));
  });
}

async function bring(row, upload, file) {
  const largest = Number(find('#library-add').dataset.largest);
  try {
    if (file.size > largest) throw new Error(_('{name}: it is larger than {size} MiB; split it, or save it anew as a smaller PDF.', { name: file.name, size: largest / 2 ** 20 }));
    if (!file.size) throw new Error(_('{name}: the file is empty; download or copy it again.', file));
    Object.assign(upload, await sent(row, upload, file));
    if (upload.gone) { discard(upload); return; }
    fill(row, { state: _('is being read…') });
    find('progress', row).removeAttribute('value');
    const { html } = await send('library/examine', { token: upload.token });
    find('.icat-lb-understood', row).innerHTML = html;
    fill(row, { state: _('not added yet') });
  } catch ({ message }) {
    refuse(row, message);
  } finally {
    find('progress', row).hidden = true;
  }
}

// With XMLHttpRequest, which alone tells how much has gone up.
function sent(row, upload, file) {
  const request = new XMLHttpRequest();
  upload.request = request;
  const bar = find('progress', row);
  bar.hidden = false;
  return new Promise((then, fail) => {
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      bar.value = loaded / total;
      fill(row, { state: _('sent {share} %', { share: Math.round((loaded / total) * 100) }) });
    });
    request.addEventListener('load', () => {
      const { token, text } = request.response || {};
      if (token) then({ token }); else fail(new Error(text || _('{name}: the server did not take it ({status}).', { name: file.name, status: request.status })));
    });
    request.addEventListener('error', () => fail(new Error(_('{name}: it could not be sent. Is `icat serve` still running?', file))));
    request.addEventListener('abort', () => fail(new Error('')));
    request.open('PUT', `${UPLOAD}?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader('icat-language', language);
    request.responseType = 'json';
    request.send(file);
  });
}

function refuse(row, message) {
  fill(row, { name: '', state: message });
  find('small', row).className = 'icat-warning';
  const button = find('[data-lb="cancel"]', row);
  button.textContent = _('Close');
  button.setAttribute('aria-label', _('Close this line'));
}

function discard({ token }) {
  if (token) send('library/discard', { token });
}

export function cancel(button) {
  const row = button.closest('li');
  const upload = uploads.get(row);
  upload.gone = true;
  upload.request?.abort();
  upload.closing?.abort();
  discard(upload);
  uploads.delete(row);
  row.remove();
}

// The text of pages that are pictures, a page at a time.
export async function recognise(form) {
  const row = form.closest('li');
  const upload = uploads.get(row);
  const bar = find('progress', row);
  upload.closing = new AbortController();
  const buttons = all('[type="submit"]', row); // nothing of it is added meanwhile
  buttons.forEach((each) => { each.disabled = true; });
  bar.hidden = false;
  try {
    const content = { token: upload.token, language: form.elements.language.value };
    for await (const { step, done, total, html } of steps('library/recognise', content, upload.closing)) {
      if (step === 'page') {
        bar.value = done / total;
        fill(row, { state: ngettext('text of {done} of {n} page recognised', 'text of {done} of {n} pages recognised', total, { done }) });
      } else {
        find('.icat-lb-understood', row).innerHTML = html;
        fill(row, { state: _('not added yet') });
      }
    }
  } catch ({ message }) {
    if (upload.gone) return;
    all('.icat-warning', form).forEach((old) => old.remove());
    form.append(element('p', { className: 'icat-warning', textContent: message }));
    fill(row, { state: _('not added yet') });
  } finally {
    upload.closing = null;
    buttons.forEach((each) => { each.disabled = false; });
    bar.hidden = true;
  }
}

export async function add(form) {
  const row = form.closest('li');
  const upload = uploads.get(row);
  const { title, date, language, own } = form.elements;
  const button = find('[type="submit"]', form);
  button.disabled = true;
  try {
    const added = await send('library/add', {
      token: upload.token, title: title.value, date: date.value, language: language.value, own: Boolean(own?.checked),
    });
    uploads.delete(row);
    const link = element('a', { href: `#library-read-${added.id}/1`, textContent: _('Read it') });
    row.replaceChildren(element('p', {}, `${added.text} `, link));
    row.classList.add('icat-lb-added');
    await list();
    tell(added.text);
  } catch ({ message }) {
    all('.icat-warning', form).forEach((old) => old.remove());
    form.append(element('p', { className: 'icat-warning', textContent: message }));
  } finally {
    button.disabled = false;
  }
}
