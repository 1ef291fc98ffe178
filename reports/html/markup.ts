// Markup that cannot be broken by what is put into it: every text is escaped, only markup stays markup.

/** A piece of HTML or SVG. */
export interface Markup {
  readonly markup: string;
}

type Value = Markup | readonly Markup[] | string | number | null;

/** Markup with values in it: `html\`<p>${text}</p>\``. Nothing comes of null. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Markup {
  const inner = parts.map(
    (part, index) => part + (index < values.length ? written(values[index] ?? null) : ''),
  );
  return { markup: inner.join('') };
}

function written(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'string' || typeof value === 'number') return escaped(String(value));
  return 'markup' in value ? value.markup : value.map(({ markup }) => markup).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string) =>
  text.toWellFormed().replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
