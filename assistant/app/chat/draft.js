// --- a draft while it is being written: shown as text, and as nothing that counts yet ---

const DRAFT = 'Draft, not checked yet';
const DRAFTING = 'The language model writes a draft. It is shown when it is checked.';

// `sentences`: all so far. Spoken once: a screen reader hears the checked answer, not the draft.
function showDraft(article, sentences) {
  const page = document.documentElement;
  const following = window.scrollY + window.innerHeight >= page.scrollHeight - 4; // else the reader has gone elsewhere
  let draft = article.querySelector('.icat-draft');
  if (!draft) {
    draft = document.createElement('section');
    draft.className = 'icat-draft';
    draft.setAttribute('aria-label', DRAFT);
    const head = document.createElement('p');
    head.className = 'icat-draft-head';
    head.textContent = DRAFT;
    draft.append(head);
    article.append(draft);
    say(DRAFTING);
  }
  sentences.slice(draft.children.length - 1).forEach((sentence) => {
    const line = document.createElement('p');
    line.dir = 'auto';
    line.textContent = sentence;
    draft.append(line);
  });
  if (following && article.getBoundingClientRect().top > 0) scroll(article);
}

function dropDraft(article) {
  article.querySelectorAll('.icat-draft').forEach((draft) => draft.remove());
}

// The reason of a doubt is there on hover and while its mark has the focus; a press keeps it.
function why(button) {
  const open = button.getAttribute('aria-expanded') !== 'true';
  button.setAttribute('aria-expanded', String(open));
}
