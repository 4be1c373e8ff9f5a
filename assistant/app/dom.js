// What all views do with the page. HTML comes only from the server, which escapes it; everything else is set as text.

export const find = (selector, within = document) => within.querySelector(selector);
export const all = (selector, within = document) => [...within.querySelectorAll(selector)];
export const narrow = () => window.matchMedia('(max-width: 900px)').matches;

const still = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches;

export function scroll(element, block = 'start') {
  element.scrollIntoView({ block, behavior: still() ? 'auto' : 'smooth' });
}

export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

// Puts values where the HTML has a place for them: data-text="name" for words, data-shown="name" for what is shown
// only where the value is something.
export function fill(within, values) {
  Object.entries(values).forEach(([name, value]) => {
    const text = String(value ?? ''); // the same again is not read out again
    all(`[data-text="${name}"]`, within).filter((place) => place.textContent !== text)
      .forEach((place) => { place.textContent = text; });
    all(`[data-shown="${name}"]`, within).forEach((place) => { place.hidden = !value; });
  });
}

// Calls what a pressed button names in that attribute.
export function onPress(within, name, does) {
  within.addEventListener('click', ({ target }) => {
    const button = target.closest('button');
    does[button?.dataset[name]]?.(button);
  });
}

// Calls what belongs to a form that is sent, by its class or else its id.
export function onSubmit(within, does) {
  within.addEventListener('submit', (event) => {
    const act = does[event.target.className || event.target.id];
    if (!act) return;
    event.preventDefault();
    act(event.target);
  });
}
