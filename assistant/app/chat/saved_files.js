// Saved work as a file, and out of one: all of it, or nothing.
import { Failure, send } from '../channel.js';
import { download, readJson } from '../files.js';
import { freshId, keepAll } from '../saved.js';
import { _, ngettext } from '../texts.js';

const [FORMAT, VERSION] = ['icat-saved', 2];
const FIRST = 'icat-conversations'; // of version 1, which held nothing else
const LONGEST = 120; // characters of a title
const nothing = (why) => _('Nothing was imported: {why}', { why });

// Written here: it must also go well when the server is gone.
export function exportThese(saved) {
  const [day] = new Date().toISOString().split('T');
  const only = saved.length === 1 ? saved[0].title : 'saved';
  const named = only.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean).join('-').slice(0, 60) || saved[0].kind;
  const text = JSON.stringify({ format: FORMAT, version: VERSION, saved });
  return download({ name: `icat-${named}-${day}.json`, mime: 'application/json', text });
}

// Returns what came of it. `listed`: what is saved here; the same again is left out.
export async function importFile(file, listed) {
  const all = savedIn(await readJson(file));
  if (!Array.isArray(all) || !all.length) return nothing(_('{name} holds nothing exported here.', file));
  const fresh = [];
  const taken = new Map(listed.map(({ id, when }) => [id, when]));
  for (const [place, saved] of all.entries()) {
    let checked = null;
    try {
      checked = await check(saved);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      return nothing(_('number {number} of the file: {why}', { number: place + 1, why: error.message }));
    }
    if (taken.get(checked.id) !== checked.when) {
      if (taken.has(checked.id)) checked.id = freshId();
      taken.set(checked.id, checked.when);
      fresh.push(checked);
    }
  }
  try {
    await keepAll(fresh);
  } catch {
    return nothing(_('this browser has no room for it.'));
  }
  const left = all.length - fresh.length;
  const here = left ? ngettext('{n} of the file is here already.', '{n} of the file are here already.', left) : '';
  return [_('Imported: {number}.', { number: fresh.length }), here].filter(Boolean).join(' ');
}

function savedIn(found) {
  if (found?.format === FORMAT && found.version === VERSION) return found.saved;
  return found?.format === FIRST && found.version === 1 ? found.conversations : null;
}

// One as it can be kept. The server reads the record as it would to show it, and keeps nothing of it.
async function check(found) {
  const { id, kind, title, when, record } = found || {};
  const sheet = kind === 'sheet';
  const time = new Date(typeof when === 'string' ? when : NaN);
  const texts = [id, title].every((text) => typeof text === 'string') && id.trim() && (title.trim() || sheet);
  if (!texts || Number.isNaN(time.getTime()) || !(sheet ? record?.rows : record?.turns?.length)) {
    throw new Failure('chat/check', _('it has no title, no date or no questions.'));
  }
  const sound = await send(sheet ? 'toolkit/check' : 'chat/check', { record });
  if (sheet && !record.title) sound.record.title = ''; // the server gives one to a sheet that has none
  const known = sheet ? sound.record.title : title.trim().slice(0, LONGEST);
  return { id, title: known, when: time.toISOString(), record: sound.record };
}
