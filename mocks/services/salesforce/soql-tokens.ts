// The words of SOQL, one after the other, and what to say about a word that does not belong where it stands.

/** One word of a query. `column` counts from 1. */
export interface Token {
  readonly kind: 'name' | 'text' | 'value' | 'sign' | 'end' | 'stray';
  readonly text: string;
  readonly column: number;
}

/** A walk through the words of a query. Keywords and signs are given in lower case. */
export interface Cursor {
  /** Whether the next word, or the one after `ahead` others, is this keyword or sign. */
  is(word: string, ahead?: number): boolean;
  /** Takes the next word if it is this one. */
  accept(word: string): boolean;
  /** Takes the next word, which must be this one. */
  expect(word: string): void;
  take(): Token;
  /** Gives the query up at a word. */
  fail(token: Token): never;
}

/** Why a text is no query. */
export class MalformedQuery extends Error {}

const WORD =
  /\s*(?:(?<sign><=|>=|!=|<>|[=<>(),])|(?<text>'(?:[^'\\]|\\.)*')|(?<value>[-+]?\d[\w.:+-]*)|(?<name>[A-Za-z_][\w.]*)|(?<stray>\S))/y;

/** Starts a walk at the first word. */
export function createCursor(soql: string): Cursor {
  const tokens = [...words(soql)];
  const end: Token = { kind: 'end', text: '<EOF>', column: soql.length + 1 };
  let next = 0;
  const peek = (ahead: number): Token => tokens[next + ahead] ?? end;
  const fail = (token: Token): never => {
    throw new MalformedQuery(messageAt(soql, token.column, `unexpected token: '${token.text}'`));
  };
  const is = (word: string, ahead = 0) => {
    const { kind, text } = peek(ahead);
    return (kind === 'name' || kind === 'sign') && text.toLowerCase() === word;
  };
  const take = () => {
    const token = peek(0);
    next++;
    return token;
  };
  const accept = (word: string) => {
    if (!is(word)) return false;
    next++;
    return true;
  };
  const expect = (word: string) => {
    if (!accept(word)) fail(peek(0));
  };
  return { is, accept, expect, take, fail };
}

/** A message that shows where in a query something is wrong, as Salesforce does. */
export function messageAt(soql: string, column: number, text: string): string {
  return `\n${soql}\n${' '.repeat(column - 1)}^\nERROR at Row:1:Column:${column}\n${text}`;
}

function* words(soql: string): Generator<Token> {
  const word = new RegExp(WORD);
  for (let match = word.exec(soql); match !== null; match = word.exec(soql)) {
    const [kind, text] = Object.entries(match.groups ?? {}).find(([, part]) => part !== undefined) ?? [];
    if (text === undefined) return;
    yield { kind: kind as Token['kind'], text, column: word.lastIndex - text.length + 1 };
  }
}
