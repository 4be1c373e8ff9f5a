// What the scripts of one view share for talking to the server. Gradio gives them `trigger`, an event for the server.
// Every request ends in a step, or in word that the server is gone.
const UNREACHABLE = 'The computer that runs this page cannot be reached. Is `icat serve` still running?';
const LOOK = 4000; // milliseconds without an end before the server is looked for
const UNDERWAY = ['waiting', 'draft']; // steps that end nothing
const awaited = new Set(); // ids of requests that no step has ended yet
let count = 0;
const nextId = () => `${Date.now().toString(36)}-${(count += 1)}`;

// Gives the id of the request: its own where it has one.
function send(event, request) {
  const id = request.id || nextId();
  awaited.add(id);
  trigger(event, { ...request, id });
  setTimeout(look, LOOK, id);
  return id;
}

async function look(id) {
  if (!awaited.has(id)) return;
  try {
    await fetch(window.location.pathname, { method: 'HEAD', cache: 'no-store' });
    setTimeout(look, LOOK, id);
  } catch {
    hear({ step: 'failed', id, text: UNREACHABLE });
  }
}

function hear(step) {
  if (!step || !steps[step.step]) return;
  if (!UNDERWAY.includes(step.step)) awaited.delete(step.id);
  steps[step.step](step);
}

function download({ name, mime, content }) {
  const bytes = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([bytes], { type: mime }));
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
