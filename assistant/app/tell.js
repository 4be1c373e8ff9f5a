// What is told to the reader: each view has a live region, which screen readers speak.
import { Failure } from './channel.js';
import { find } from './dom.js';

const tellers = {}; // view -> its function

// A function that tells in this region: `quietly` to screen readers only. A button may stand after the text.
export function teller(view, selector) {
  tellers[view] = (text, { quietly = false, button = null } = {}) => {
    const line = find(selector);
    line.classList.toggle('icat-unseen', quietly);
    line.replaceChildren(text, ...(button ? [' ', button] : []));
  };
  return tellers[view];
}

window.addEventListener('unhandledrejection', (event) => {
  if (!(event.reason instanceof Failure)) return; // a bug
  event.preventDefault();
  tellers[event.reason.view](event.reason.message);
});
