// A page image in a frame that scrolls: made larger and smaller, with what is marked on it kept in sight.
import { find } from './dom.js';

const SIZES = [1, 1.5, 2, 3]; // widths of the page image, that of its frame being 1

// `word`: where the size is told. Gives {show, by, reset, height}.
export function zooming(frame, word) {
  const image = find('img', frame);
  let size = 0;
  let mark = null; // shares of the image's width and height

  // Puts a place of the image, in shares of it, in the middle of the frame.
  function centre([across, down]) {
    frame.scrollLeft = across * image.clientWidth - frame.clientWidth / 2;
    frame.scrollTop = down * image.clientHeight - frame.clientHeight / 2;
  }

  function set(wanted) {
    size = Math.min(Math.max(wanted, 0), SIZES.length - 1);
    image.style.width = `${SIZES[size] * 100}%`;
    word.textContent = `${SIZES[size] * 100} %`;
  }

  return {
    // Another image stands there: brings what is marked on it into view; without a mark, its beginning.
    show(marked) {
      mark = marked;
      centre(mark || [0, 0]);
    },
    by(steps) {
      const middle = [ // of what is in view, kept there where nothing is marked
        (frame.scrollLeft + frame.clientWidth / 2) / image.clientWidth,
        (frame.scrollTop + frame.clientHeight / 2) / image.clientHeight,
      ];
      set(size + steps);
      centre(mark || middle);
    },
    reset: () => set(0),
    // How far down the window the mark stands, in pixels; null without one.
    height() {
      return mark && frame.getBoundingClientRect().top + mark[1] * image.clientHeight - frame.scrollTop;
    },
  };
}
