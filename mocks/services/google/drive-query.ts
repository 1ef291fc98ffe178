// Drive's search language, as far as it compares names, types, parents and the trash: `name = 'a' and trashed = false`.

import type { JsonObject } from '../../http.ts';

/** Whether a file is wanted. */
export type FileFilter = (file: JsonObject) => boolean;

const STRING = String.raw`'((?:[^'\\]|\\.)*)'`;
const TERM = new RegExp(
  String.raw`\s*(?:(?<field>name|mimeType)\s*(?<operator>=|!=|contains)\s*${STRING}` +
    String.raw`|trashed\s*(?<sign>=|!=)\s*(?<flag>true|false)|${STRING}\s+in\s+parents)\s*`,
  'y',
);

/** Reads a query of terms joined by `and`; null = the service would not understand it, or this mock does not. */
export function parseQuery(text: string): FileFilter | null {
  const query = withoutParentheses(text);
  const filters: FileFilter[] = [];
  let at = 0;
  while (query.slice(at).trim() !== '') {
    if (filters.length > 0) {
      if (!query.startsWith('and ', at)) return null;
      at += 'and '.length;
    }
    TERM.lastIndex = at;
    const term = TERM.exec(query);
    if (term === null) return null;
    filters.push(filterOf(term));
    at = TERM.lastIndex;
  }
  return (file) => filters.every((fits) => fits(file));
}

// Where `and` is all that joins terms, parentheses change nothing; names in quotes keep theirs.
const withoutParentheses = (text: string) =>
  text.replace(new RegExp(`${STRING}|[()]`, 'g'), (piece) => (piece.length === 1 ? ' ' : piece));

function filterOf(term: RegExpExecArray): FileFilter {
  const { field, operator, sign, flag } = term.groups ?? {};
  if (field !== undefined && operator !== undefined) return compare(field, operator, unquote(term[3] ?? ''));
  if (sign !== undefined) {
    const wanted = (flag === 'true') === (sign === '=');
    return (file) => (file.trashed === true) === wanted;
  }
  const parent = unquote(term[6] ?? '');
  return (file) => Array.isArray(file.parents) && file.parents.includes(parent);
}

function compare(field: string, operator: string, wanted: string): FileFilter {
  const text = (file: JsonObject) => String(file[field] ?? '');
  if (operator === '=') return (file) => text(file) === wanted;
  if (operator === '!=') return (file) => text(file) !== wanted;
  // A name "contains" only what one of its words begins with; that is how the real index works.
  const found = wanted.toLowerCase();
  return (file) => {
    const name = text(file).toLowerCase();
    return name.startsWith(found) || new RegExp(`[^\\p{L}\\p{N}]${literally(found)}`, 'u').test(name);
  };
}

const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const unquote = (text: string) => text.replace(/\\(.)/g, '$1');
