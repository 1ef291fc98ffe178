// The first thing that is wrong with a config, as one line that names the key and the fix.

import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/** One line for the most telling issue of a failed parse. */
export function problemOf({ issues }: z.ZodError): string {
  const telling = [
    // A kind that is yet to come has keys of its own, which are no mistakes.
    issues.find(({ path }) => path.join('.') === 'subject.kind'),
    // A mistyped key is why the right one is missing.
    issues.find(({ code }) => code === 'unrecognized_keys'),
    ...issues,
  ];
  const issue = telling.find((candidate) => candidate !== undefined);
  if (issue === undefined) throw new Error('a parse that failed has an issue');
  return describe(issue);
}

function describe(issue: Issue): string {
  const at = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? '';
    return `${at === '' ? key : `${at}.${key}`}: unknown key: ${issue.message}`;
  }
  return `${at === '' ? 'the config' : at}: ${complaint(issue)}`;
}

function complaint(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return `is missing: it must be ${article(issue.expected)}`;
      return `must be ${article(issue.expected)} (got ${shown(issue.input)})${hint(issue.expected)}`;
    case 'invalid_value':
      if (!issue.message.startsWith('Invalid')) return issue.message;
      if (issue.input === undefined) return `is missing: it must be ${issue.values.map(String).join(' or ')}`;
      return `must be one of ${issue.values.map(String).join(', ')} (got ${shown(issue.input)})`;
    case 'invalid_key':
      return issue.issues[0]?.message ?? issue.message;
    case 'too_small':
      return issue.origin === 'number' ? `must be ${issue.minimum} or more` : 'must not be empty';
    case 'custom':
    case 'invalid_format':
    case 'invalid_union':
      return issue.input === undefined ? issue.message : `${issue.message} (got ${shown(issue.input)})`;
    default:
      return issue.message;
  }
}

const NOUNS: Readonly<Record<string, string>> = { record: 'object', int: 'whole number' };

function article(type: string): string {
  const noun = NOUNS[type] ?? type;
  return /^[aeiou]/.test(noun) ? `an ${noun}` : `a ${noun}`;
}

function hint(type: string): string {
  if (type === 'string') return ': put it in quotes';
  return type === 'array' ? ': write a list, as in [one, two]' : '';
}

const SHOWN_MAX = 60;

function shown(input: unknown): string {
  const text = typeof input === 'function' ? 'a function' : (JSON.stringify(input) ?? String(input));
  return text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}...` : text;
}
