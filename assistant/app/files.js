// Files that go to the reader, and come from them.
import { _ } from './texts.js';

// `content` in Base64, as the server sends it, or `text`. Returns the words that tell of it.
export function download({ name, mime, content, text }) {
  const bytes = text ?? Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([bytes], { type: mime }));
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  return _('Saved as {name}.', { name });
}

// undefined where the file holds no JSON.
export async function readJson(file) {
  try {
    return JSON.parse(await file.text());
  } catch {
    return undefined;
  }
}
