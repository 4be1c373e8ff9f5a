// The design sheet as a file, and out of one.
import { send } from '../channel.js';
import { download, readJson } from '../files.js';
import { freshId } from '../saved.js';
import { items, tell } from './rows.js';
import { replace, rows, saveNow, toRecord } from './sheet.js';
import { lookUp } from './switching.js';
import { _ } from '../texts.js';

export async function produce({ value: format }) {
  tell(_('The file is being written.'));
  tell(download(await send('toolkit/produce', { format, record: toRecord() })));
}

// Written here: it must also go well when the server is gone.
export function keepAsFile() {
  const name = `icat-design-sheet-${new Date().toISOString().slice(0, 10)}.json`;
  const saved = download({ name, mime: 'application/json', text: JSON.stringify(toRecord(), null, 1) });
  const back = _('“Open a file” brings it back, on any computer with this page.');
  tell(`${saved} ${back}`);
}

// The sheet that was open stays saved; where it cannot be, the reader decides.
export async function openFile(file) {
  const found = await readJson(file);
  if (found === undefined) { tell(_('This file is no design sheet saved here.')); return; }
  const { record } = await send('toolkit/check', { record: found });
  const question = _('Replace what is in the sheet ({number}) with what is in the file?', { number: items(rows().length) });
  if (!await saveNow() && !window.confirm(question)) return;
  replace({ id: freshId(), when: new Date().toISOString(), record });
  tell(_('Opened: {number}.', { number: items(rows().length) }));
  lookUp();
}
