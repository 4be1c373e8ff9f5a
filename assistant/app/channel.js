// The one channel to the server, see channel.py: a request goes up as JSON, its steps come back, a line each.
import { _, language } from './texts.js';

const CHANNEL = new URL('../channel/', import.meta.url);
const SILENCE = 20000; // milliseconds without a word; the server gives a sign every five seconds
const UNREACHABLE = _('The computer that runs this page cannot be reached. Is `icat serve` still running?');

// Why a request came to nothing. One that nobody catches is told in the view that sent it, see tell.js.
export class Failure extends Error {
  constructor(request, text, lost = false) {
    super(text);
    [this.view] = request.split('/');
    this.lost = lost; // no answer came, so that the same may be sent again
  }
}

// The steps of a request as they come. To stop it is to abort `closing`.
export async function* steps(name, content = {}, closing = new AbortController()) {
  let timer = 0;
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => closing.abort(), SILENCE);
  };
  try {
    heard();
    const reply = await fetch(new URL(name, CHANNEL), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'icat-language': language },
      body: JSON.stringify(content),
      signal: closing.signal,
    });
    if (!reply.ok) throw new Failure(name, await refusal(reply));
    for await (const line of lines(reply.body, heard)) {
      const step = JSON.parse(line);
      if (step.step === 'failed') throw new Failure(name, step.text);
      yield step;
    }
  } catch (error) {
    throw error instanceof Failure ? error : new Failure(name, UNREACHABLE, true);
  } finally {
    clearTimeout(timer);
    closing.abort();
  }
}

// What the server says of a request that it did not take.
async function refusal(reply) {
  const { text } = await reply.json().catch(() => ({}));
  return text || _('The server does not take this ({status}); load the page again.', reply);
}

// The last step of a request, which is the only one of most.
export async function send(name, content, closing) {
  let last = null;
  for await (const step of steps(name, content, closing)) last = step;
  return last;
}

async function* lines(body, heard) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    heard();
    const parts = (rest + value).split('\n');
    rest = parts.pop();
    yield* parts.filter(Boolean); // an empty line is a sign of life
  }
}
