// The first thing that is wrong with a config, as one line that names the key and the fix.

import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/** One line for the most telling issue of a failed parse; `whole` is what the input is called. */
export function problemOf({ issues }: z.ZodError, whole = 'the config'): string {
  const telling = [
    // A kind that is yet to come has keys of its own, which are no mistakes.
    issues.find(({ path }) => path.join('.') === 'subject.kind'),
    // A mistyped key is why the right one is missing.
    issues.find(({ code }) => code === 'unrecognized_keys'),
    ...issues,
  ];
  const issue = telling.find((candidate) => candidate !== undefined);
  if (issue === undefined) throw new Error('a parse that failed has an issue');
  return describe(inner(issue), whole);
}

// Where several shapes are allowed, the one that was meant is the one whose own type fits.
function inner(issue: Issue): Issue {
  if (issue.code !== 'invalid_union') return issue;
  const meant = issue.errors.find(([first]) => first !== undefined && first.path.length > 0);
  const unknownKey = issue.errors.flat().find(({ code }) => code === 'unrecognized_keys');
  const told = unknownKey ?? meant?.[0] ?? issue.errors.flat().find(({ code }) => code === 'custom');
  return told === undefined ? issue : inner({ ...told, path: [...issue.path, ...told.path] });
}

function describe(issue: Issue, whole: string): string {
  const at = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? '';
    return `${at === '' ? key : `${at}.${key}`}: unknown key: ${issue.message}`;
  }
  return `${at === '' ? whole : at}: ${complaint(issue)}`;
}

function complaint(issue: Issue): string {
  if (issue.code === 'invalid_key') return issue.issues[0]?.message ?? issue.message;
  if (issue.input === undefined) return `is missing: it must be ${wanted(issue)}`;
  if (isOwn(issue.message)) return `${issue.message} (got ${shown(issue.input)})`;
  if (issue.code === 'too_small' && issue.origin === 'array') return 'must not be empty';
  return `must be ${wanted(issue)} (got ${shown(issue.input)})${hint(issue)}`;
}

// What the schema says itself begins in lower case, and the library's words do not.
const isOwn = (message: string) => /^[a-z]/.test(message);

function wanted(issue: Issue): string {
  if (issue.code === 'invalid_type') return article(issue.expected);
  if (issue.code === 'invalid_value') return issue.values.map(String).join(' or ');
  return issue.code === 'too_small' ? `${issue.minimum} or more` : 'a value that JSON knows';
}

const NOUNS: Readonly<Record<string, string>> = { record: 'object', int: 'whole number' };

function article(type: string): string {
  const noun = NOUNS[type] ?? type;
  return /^[aeiou]/.test(noun) ? `an ${noun}` : `a ${noun}`;
}

function hint(issue: Issue): string {
  if (issue.code !== 'invalid_type') return '';
  if (issue.expected === 'string') return ': put it in quotes';
  return issue.expected === 'array' ? ': write a list, as in [one, two]' : '';
}

const SHOWN_MAX = 60;

function shown(input: unknown): string {
  const text = typeof input === 'function' ? 'a function' : (JSON.stringify(input) ?? String(input));
  return text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}...` : text;
}
