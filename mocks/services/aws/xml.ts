// XML as the Query protocol writes it: elements within elements, texts escaped.

/** What an element may hold. A list becomes one `member` after the other. */
export type Content = string | number | boolean | readonly Content[] | { readonly [name: string]: Content };

/** The elements of an object, one after the other. */
export function xml(content: Content, item = 'member'): string {
  if (Array.isArray(content)) return content.map((one) => `<${item}>${xml(one, item)}</${item}>`).join('');
  if (typeof content !== 'object') return escaped(String(content));
  return Object.entries(content)
    .map(([name, inside]) => `<${name}>${xml(inside, item)}</${name}>`)
    .join('');
}

/** A text in which nothing is markup. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
