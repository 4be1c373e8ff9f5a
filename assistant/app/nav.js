// Which view of the page is shown: the one its address names ('#toolkit', or '#toolkit-…' for a place within it), else
// the first. Runs in the head, so that no other view is painted first. The style of each view is written by page.head().
(function navigation() {
  const root = document.documentElement;
  const views = document.querySelector('meta[name="icat-views"]').content.split(' ');
  const scrolled = {}; // view -> how far down it was left, in pixels

  function named() {
    const name = window.location.hash.slice(1);
    return views.find((view) => name === view || name.startsWith(`${view}-`)) || root.dataset.view || views[0];
  }

  function mark() {
    const current = document.querySelector(`#icat-views a[href="#${root.dataset.view}"]`).firstChild.textContent.trim();
    const title = document.querySelector('#icat-top h1').textContent;
    document.title = root.dataset.view === views[0] ? title : `${current} – ${title}`;
    document.querySelectorAll('#icat-views a').forEach((link) => {
      if (link.hash === `#${root.dataset.view}`) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    });
  }

  function show() {
    const before = root.dataset.view;
    const view = named();
    if (before === view) return; // the browser itself goes to a place that is shown
    scrolled[before] = window.scrollY;
    root.dataset.view = view;
    mark();
    window.scrollTo(0, scrolled[view] || 0);
    document.dispatchEvent(new CustomEvent('icat-view', { detail: { view } }));
    const place = document.getElementById(window.location.hash.slice(1));
    if (!place) return;
    place.scrollIntoView({ block: 'start' });
    place.focus({ preventScroll: true });
  }

  root.dataset.view = named();
  window.addEventListener('hashchange', show);
  (function begin() {
    if (document.querySelector('#icat-views a')) mark(); else requestAnimationFrame(begin);
  }());
}());
