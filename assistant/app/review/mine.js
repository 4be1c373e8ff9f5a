// What the Review view keeps in this tab, and how it tells.
import { keeper } from '../keep.js';
import { teller } from '../tell.js';

const kept = keeper('session', 'icat-review');

export const tell = teller('review', '#review-said');

// Who is at work, choices that are not complete, judgements that are not known to be saved, and of which results
// somebody was told what it means to look at them.
export const mine = { rater: '', by: '', drafts: {}, unsaved: {}, keys: true, looks: [], ...kept.read() };

export function keepMine() {
  kept.write(mine); // where there is no room, what is said is still sent at once
}

const lookKey = (review) => `${review} ${mine.rater}`;

export function rememberLook(review) {
  mine.looks.push(lookKey(review));
  keepMine();
}

// Who asks for what raters said, and whether they were told what that means.
export function asking(review) {
  return { review, rater: mine.rater, look: mine.looks.includes(lookKey(review)) };
}
