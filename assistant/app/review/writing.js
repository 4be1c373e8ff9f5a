// What is said goes to the server in one line, so that nothing overtakes what was said before it; and a judgement is
// kept in this tab, and sent again, until it is known to be saved.
import { send } from '../channel.js';
import { keepMine, mine } from './mine.js';

const AGAIN = 5000; // milliseconds before another try

let last = Promise.resolve();
let trying = 0; // timer
let hooks = {};

export const keyOf = ({ rater, by, claim }) => `${rater || by} ${claim}`;
export const waiting = () => Object.keys(mine.unsaved).length;

// When all that was said until now is kept, or could not be.
export const written = () => last;

export function write(name, content) {
  const sent = last.then(() => send(`review/${name}`, content));
  last = sent.catch(() => {}); // whoever asked is told
  return sent;
}

// `took` is given what came of a judgement and what was sent, `saved` news for the reader: why one is not saved, and
// whether it will not be tried again.
export function onWritten(those) {
  hooks = those;
}

// Of one sentence only what was said last waits.
export function keepSafe(event, content) {
  delete mine.drafts[keyOf(content)];
  mine.unsaved[keyOf(content)] = { event, content };
  keepMine();
  push(keyOf(content));
}

export function pushAll() {
  clearTimeout(trying);
  Object.keys(mine.unsaved).forEach(push);
}

function push(key) {
  const { event, content } = mine.unsaved[key];
  const still = () => JSON.stringify(mine.unsaved[key]?.content) === JSON.stringify(content);
  const settle = () => { delete mine.unsaved[key]; keepMine(); };
  write(event, content).then((step) => {
    if (still()) settle();
    hooks.took(step, content.said);
    hooks.saved();
  }, ({ message, lost }) => {
    if (!still()) return; // something newer was said of the sentence meanwhile
    if (lost) {
      clearTimeout(trying);
      trying = setTimeout(pushAll, AGAIN);
    } else {
      mine.drafts[key] = content.said; // a choice that is not saved
      settle();
    }
    hooks.saved(message, !lost);
  });
}
