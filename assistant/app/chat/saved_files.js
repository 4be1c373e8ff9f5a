// Saved conversations as a file, and out of one: all of it, or nothing.
import { Failure, send } from '../channel.js';
import { download, readJson } from '../files.js';
import { freshId, keepAll } from '../saved.js';
import { _, ngettext } from '../texts.js';

const FORMAT = 'icat-conversations';
const LONGEST = 120; // characters of a title
const nothing = (why) => _('Nothing was imported: {why}', { why });

// Written here: it must also go well when the server is gone.
export function exportThese(conversations) {
  const [day] = new Date().toISOString().split('T');
  const only = conversations.length === 1 ? conversations[0].title : 'conversations';
  const named = only.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean).join('-').slice(0, 60) || 'conversation';
  const text = JSON.stringify({ format: FORMAT, version: 1, conversations });
  return download({ name: `icat-${named}-${day}.json`, mime: 'application/json', text });
}

// Returns what came of it. `listed`: what is saved here; the same again is left out.
export async function importFile(file, listed) {
  const found = await readJson(file);
  const conversations = found?.format === FORMAT && found.version === 1 ? found.conversations : null;
  if (!Array.isArray(conversations) || !conversations.length) {
    return nothing(_('{name} holds no conversations exported here.', file));
  }
  const fresh = [];
  const taken = new Map(listed.map(({ id, when }) => [id, when]));
  for (const [place, conversation] of conversations.entries()) {
    let checked = null;
    try {
      checked = await check(conversation);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      return nothing(_('conversation {number} of the file: {why}', { number: place + 1, why: error.message }));
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
  const left = conversations.length - fresh.length;
  const here = left ? ngettext('{n} of the file is here already.', '{n} of the file are here already.', left) : '';
  return [_('Imported: {number}.', { number: fresh.length }), here].filter(Boolean).join(' ');
}

// A conversation as it can be kept. The server reads the record as it would to show it, and keeps nothing of it.
async function check(found) {
  const { id, title, when, record } = found || {};
  const time = new Date(typeof when === 'string' ? when : NaN);
  const texts = [id, title].every((text) => typeof text === 'string' && text.trim());
  if (!texts || Number.isNaN(time.getTime()) || !record?.turns?.length) {
    throw new Failure('chat/check', _('it has no title, no date or no questions.'));
  }
  const sound = await send('chat/check', { record });
  return { id, title: title.trim().slice(0, LONGEST), when: time.toISOString(), record: sound.record };
}
