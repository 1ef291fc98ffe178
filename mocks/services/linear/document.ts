// Reads a GraphQL request: the one operation to carry out, with fragments spread and variables filled in.

import type { Json, JsonObject } from '../../http.ts';

/** One field of a selection, under the name that the answer gives it. */
export interface Field {
  readonly key: string;
  readonly name: string;
  readonly args: JsonObject;
  /** Null where nothing was selected below the field. */
  readonly selections: readonly Field[] | null;
}

/** The operation to carry out. */
export interface Operation {
  readonly kind: 'query' | 'mutation';
  readonly fields: readonly Field[];
}

interface Raw {
  readonly key: string;
  readonly name: string;
  readonly args: Readonly<Record<string, Value>>;
  readonly selections: readonly Selection[] | null;
}
type Selection = Raw | { readonly spread: string } | { readonly inline: readonly Selection[] };
type Value =
  | { readonly variable: string }
  | { readonly literal: Json }
  | { readonly list: readonly Value[] }
  | { readonly object: Readonly<Record<string, Value>> };
type Definition =
  | {
      readonly kind: 'query' | 'mutation';
      readonly name: string | null;
      readonly defaults: Readonly<Record<string, Value>>;
      readonly selections: readonly Selection[];
    }
  | { readonly kind: 'fragment'; readonly name: string; readonly selections: readonly Selection[] };

const TOKEN =
  /[\s,\uFEFF]+|#[^\n\r]*|(\.\.\.|[!$&()=:@[\]{}|]|[_A-Za-z]\w*|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*")/y;

/** The operation in a request's body, or what is wrong with it. */
export function readOperation(body: JsonObject): Operation | { readonly problem: string } {
  if (typeof body.query !== 'string') return { problem: 'Must provide query string.' };
  try {
    return operationOf(parse(tokensOf(body.query)), body);
  } catch (error) {
    if (error instanceof SyntaxError) return { problem: error.message };
    throw error;
  }
}

function operationOf(definitions: readonly Definition[], body: JsonObject): Operation {
  const operations = definitions.filter((definition) => definition.kind !== 'fragment');
  const wanted =
    typeof body.operationName === 'string'
      ? operations.find(({ name }) => name === body.operationName)
      : operations.length === 1
        ? operations[0]
        : undefined;
  if (wanted === undefined) throw new SyntaxError('Must provide operation name.');
  const fragments = new Map(
    definitions.flatMap((definition) =>
      definition.kind === 'fragment' ? [[definition.name, definition.selections]] : [],
    ),
  );
  const given = typeof body.variables === 'object' && body.variables !== null ? body.variables : {};
  const defaults = Object.entries(wanted.defaults).map(([name, value]) => [name, fill(value, {})]);
  const variables = { ...Object.fromEntries(defaults), ...given };
  return { kind: wanted.kind, fields: spread(wanted.selections, fragments, variables, []) };
}

// Fields that meet under one key are one field: fragments often ask for parts of the same object.
function spread(
  selections: readonly Selection[],
  fragments: ReadonlyMap<string, readonly Selection[]>,
  variables: JsonObject,
  within: readonly string[],
): readonly Field[] {
  const fields = new Map<string, Field>();
  const add = (field: Field) => {
    const met = fields.get(field.key);
    const selected = met?.selections ? join(met.selections, field.selections ?? []) : field.selections;
    fields.set(field.key, { ...field, selections: selected });
  };
  for (const selection of selections) {
    if ('spread' in selection) {
      const fragment = fragments.get(selection.spread);
      if (fragment === undefined) throw new SyntaxError(`Unknown fragment "${selection.spread}".`);
      if (within.includes(selection.spread)) {
        throw new SyntaxError(`Cannot spread fragment "${selection.spread}" within itself.`);
      }
      spread(fragment, fragments, variables, [...within, selection.spread]).forEach(add);
    } else if ('inline' in selection) {
      spread(selection.inline, fragments, variables, within).forEach(add);
    } else {
      const { key, name, args } = selection;
      const below = selection.selections;
      add({
        key,
        name,
        args: fillAll(args, variables),
        selections: below === null ? null : spread(below, fragments, variables, within),
      });
    }
  }
  return [...fields.values()];
}

function join(some: readonly Field[], more: readonly Field[]): readonly Field[] {
  const fields = new Map(some.map((field) => [field.key, field]));
  for (const field of more) {
    const met = fields.get(field.key)?.selections;
    fields.set(field.key, met ? { ...field, selections: join(met, field.selections ?? []) } : field);
  }
  return [...fields.values()];
}

function fill(value: Value, variables: JsonObject): Json | undefined {
  if ('variable' in value) return variables[value.variable];
  if ('literal' in value) return value.literal;
  if ('list' in value) return value.list.map((item) => fill(item, variables) ?? null);
  return fillAll(value.object, variables);
}

// A variable that was not given leaves its argument out, as the specification wants it.
function fillAll(values: Readonly<Record<string, Value>>, variables: JsonObject): JsonObject {
  const filled: Record<string, Json> = {};
  for (const [name, value] of Object.entries(values)) {
    const given = fill(value, variables);
    if (given !== undefined) filled[name] = given;
  }
  return filled;
}

function tokensOf(text: string): readonly string[] {
  const tokens: string[] = [];
  const pattern = new RegExp(TOKEN);
  while (pattern.lastIndex < text.length) {
    const from = pattern.lastIndex;
    const match = pattern.exec(text);
    if (match === null) throw new SyntaxError(`Syntax Error: Unexpected character: "${text[from]}".`);
    if (match[1] !== undefined) tokens.push(match[1]);
  }
  return tokens;
}

function parse(tokens: readonly string[]): readonly Definition[] {
  let at = 0;
  const peek = () => tokens[at] ?? '';
  const next = () => tokens[at++] ?? '';
  const unexpected = (token: string) =>
    new SyntaxError(`Syntax Error: Unexpected ${token === '' ? '<EOF>' : `"${token}"`}.`);
  const skip = (token: string) => peek() === token && next() === token;
  const expect = (token: string) => {
    const found = next();
    if (found !== token) throw unexpected(found);
  };
  const name = () => {
    const found = next();
    if (!/^[_A-Za-z]/.test(found)) throw unexpected(found);
    return found;
  };
  const until = <Item>(end: string, item: () => Item): Item[] => {
    const items: Item[] = [];
    while (!skip(end)) items.push(item());
    return items;
  };
  const named = (): readonly [string, Value] => {
    const key = name();
    expect(':');
    return [key, value()];
  };

  const value = (): Value => {
    const token = next();
    if (token === '$') return { variable: name() };
    if (token === '[') return { list: until(']', value) };
    if (token === '{') return { object: Object.fromEntries(until('}', named)) };
    if (token.startsWith('"""')) return { literal: token.slice(3, -3).trim() };
    if (/^["\d-]/.test(token) || token === 'true' || token === 'false' || token === 'null') {
      return { literal: JSON.parse(token) as Json };
    }
    // What is left is the name of an enum's value.
    if (/^[_A-Za-z]/.test(token)) return { literal: token };
    throw unexpected(token);
  };

  const selectionSet = (): readonly Selection[] => {
    expect('{');
    return until('}', selection);
  };
  const selection = (): Selection => {
    if (skip('...')) {
      if (peek() !== '{' && peek() !== 'on') return { spread: name() };
      if (skip('on')) name();
      return { inline: selectionSet() };
    }
    const first = name();
    const field = skip(':') ? name() : first;
    const args = skip('(') ? Object.fromEntries(until(')', named)) : {};
    return { key: first, name: field, args, selections: peek() === '{' ? selectionSet() : null };
  };

  const type = () => {
    if (skip('[')) {
      type();
      expect(']');
    } else name();
    skip('!');
  };
  const variable = (): readonly [string, Value] | null => {
    expect('$');
    const key = name();
    expect(':');
    type();
    return skip('=') ? [key, value()] : null;
  };
  const definition = (): Definition => {
    if (peek() === '{') return { kind: 'query', name: null, defaults: {}, selections: selectionSet() };
    const kind = next();
    if (kind === 'fragment') {
      const called = name();
      expect('on');
      name();
      return { kind, name: called, selections: selectionSet() };
    }
    if (kind !== 'query' && kind !== 'mutation') throw unexpected(kind);
    const called = peek() === '{' || peek() === '(' ? null : name();
    const variables = skip('(') ? until(')', variable) : [];
    const defaults = Object.fromEntries(variables.filter((entry) => entry !== null));
    return { kind, name: called, defaults, selections: selectionSet() };
  };

  const definitions: Definition[] = [];
  while (at < tokens.length) definitions.push(definition());
  return definitions;
}
