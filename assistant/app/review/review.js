// The Review view: what is pressed in it, and which of its screens is shown.
import { find, onPress, onSubmit } from '../dom.js';
import { choose, saved, took } from './judge.js';
import { help, listenToKeys, wrong } from './keys.js';
import { assign, make, putExample, remove, showSource, start } from './list.js';
import { keepMine, mine } from './mine.js';
import { decide, next, rate, skip, step, undo } from './moves.js';
import { address, follow, go } from './place.js';
import { exportFile, look, regress, results } from './results.js';
import { onWritten, pushAll } from './writing.js';

const view = find('#icat-review');

function rateAs({ value: review, dataset: { rater } }) {
  mine.rater = rater;
  keepMine();
  go(address(review, 'rate'));
}

onPress(view, 'rv', {
  rate: rateAs,
  choose: ({ dataset, value }) => choose(dataset.name, value),
  previous: () => step('previous'),
  example: putExample,
  export: exportFile,
  look, remove, regress, help, wrong, undo, skip,
});
onSubmit(view, { 'review-form-make': make, 'review-form': next, 'icat-rv-assign': assign });
find('#review-form-make').addEventListener('change', showSource);
listenToKeys();
showSource();
onWritten({ took, saved });
pushAll();
follow({ start, rate, decide, results });
