// The design sheet as a file, and against its sources.
import { send } from '../channel.js';
import { download, readJson } from '../files.js';
import { items, setDrifts, tell } from './rows.js';
import { blank, change, compare, ids, rowFrom, rows, toRecord } from './sheet.js';
import { _ } from '../texts.js';

export async function produce({ value: format }) {
  tell(_('The file is being written.'));
  tell(download(await send('toolkit/produce', { format, record: toRecord() })));
}

// Written here: it must also go well when the server is gone.
export function keepAsFile() {
  const name = `icat-design-sheet-${new Date().toISOString().slice(0, 10)}.json`;
  const saved = download({ name, mime: 'application/json', text: JSON.stringify(toRecord(), null, 1) });
  const back = _('“Open a saved sheet” brings it back, on any computer with this page.');
  tell(`${saved} ${back}`);
}

export async function openFile(file) {
  const found = await readJson(file);
  if (found === undefined) { tell(_('This file is no design sheet saved here.')); return; }
  const { record } = await send('toolkit/check', { record: found });
  const number = rows().length;
  if (number && !window.confirm(_('Replace what is in the sheet ({number}) with what is in the file?', { number: items(number) }))) return;
  change((sheet) => Object.assign(sheet, blank(), { ...record, rows: record.rows.map(rowFrom) }));
  tell(_('Opened: {number}.', { number: items(rows().length) }));
  lookUp();
}

// What the sources of the rows say now.
export async function lookUp() {
  if (!ids().length) return;
  const found = await send('toolkit/gather', { items: ids() });
  change(() => setDrifts(compare(found)));
}
