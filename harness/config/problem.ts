// The first thing that is wrong with a config, as one line that names the key and the fix.

import { z } from 'zod';
import { nearest } from './nearest.ts';
import { configSchema } from './schema.ts';

type Issue = z.core.$ZodIssue;

/** One line for the most telling issue of a failed parse. */
export function problemOf(error: z.ZodError): string {
  const issues = error.issues.flatMap(unwrapUnion);
  const first = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  return first === undefined ? 'is no config' : describe(first);
}

// Of the branches of a union, the one that got furthest tells most.
function unwrapUnion(issue: Issue): Issue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const branches = issue.errors.map((branch) =>
    branch.flatMap((inner) => unwrapUnion({ ...inner, path: [...issue.path, ...inner.path] })),
  );
  const deepest = branches.sort((a, b) => depth(b) - depth(a))[0];
  return deepest === undefined || deepest.length === 0 ? [issue] : deepest;
}

const depth = (issues: readonly Issue[]) => {
  const custom = issues.some(
    ({ code }) => code === 'custom' || code === 'invalid_format' || code === 'unrecognized_keys',
  );
  return Math.max(0, ...issues.map(({ path }) => path.length)) + (custom ? 0.5 : 0);
};

function describe(issue: Issue): string {
  const at = issue.path.map(String).join('.');
  const where = at === '' ? '' : `${at}: `;
  switch (issue.code) {
    case 'unrecognized_keys': {
      const key = issue.keys[0] ?? '';
      return `${at === '' ? '' : `${at}.`}${key}: unknown key: ${nearest(key, keysAt(issue.path))}`;
    }
    case 'invalid_type':
      return issue.input === undefined ? `${where}is missing` : `${where}must be ${article(issue.expected)}`;
    case 'invalid_value':
      return `${where}must be one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return `${where}must not be empty`;
    default:
      return at === '' ? issue.message : `${at} ${issue.message}${shown(issue.input)}`;
  }
}

const shown = (input: unknown) => (typeof input === 'string' ? ` (got "${input}")` : '');
const article = (type: string) =>
  /^[aeiou]/.test(type) ? `an ${type}` : type === 'record' ? 'an object' : `a ${type}`;

// The keys that the schema knows at a path; a record's keys are free and fall through to its values.
function keysAt(path: readonly PropertyKey[]): string[] {
  let schema: z.core.JSONSchema.BaseSchema | undefined = z.toJSONSchema(configSchema, { io: 'input' });
  for (const step of path) {
    const candidates: z.core.JSONSchema.BaseSchema[] = [
      schema,
      ...((schema?.anyOf ?? []) as z.core.JSONSchema.BaseSchema[]),
    ].filter((one) => one !== undefined) as z.core.JSONSchema.BaseSchema[];
    schema = candidates
      .map((one) => one.properties?.[String(step)] ?? one.additionalProperties)
      .find((one) => typeof one === 'object') as z.core.JSONSchema.BaseSchema | undefined;
  }
  const all = [schema, ...((schema?.anyOf ?? []) as z.core.JSONSchema.BaseSchema[])];
  return all.flatMap((one) => Object.keys(one?.properties ?? {}));
}
