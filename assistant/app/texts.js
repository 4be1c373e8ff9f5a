// What scripts say, in the language of the page. The English text is the key, as in Python; see assistant/texts.
import { find } from './dom.js';

export const language = document.documentElement.lang || 'en';

const texts = JSON.parse(find('#icat-texts')?.textContent || '{}');
const plurals = new Intl.PluralRules(language);
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);

export const _ = (text, values = {}) => filled(texts[text] || text, values);

// One of two texts by a number, which stands in it as {n}.
export function ngettext(one, other, n, values = {}) {
  const forms = texts[one] || { one, other };
  return filled(forms[plurals.select(n)] || forms.other, { n: number(n), ...values });
}

export const number = (n) => n.toLocaleString(language);
export const moment = (when) => new Date(when).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short' });
