// Faults that everybody meets sooner or later, by name: each a whole rule but for whom it meets.

import { json } from '../../mocks/http.ts';
import type { Fault, FaultDeed } from './faults.ts';
import type { ExchangeMatch } from './match.ts';

interface Preset {
  readonly title: string;
  readonly deed: FaultDeed;
  /** How often it strikes where nothing else is said. */
  readonly count?: number;
}

const HTML =
  '<!DOCTYPE html><html><head><title>503</title></head><body><h1>Service Unavailable</h1></body></html>';

/** The table of presets. */
export const PRESETS = {
  'rate-limit': {
    title: 'a 429 that says when to come back',
    deed: { do: 'answer', answer: json(429, { error: 'rate_limited' }, { 'retry-after': '30' }) },
    count: 1,
  },
  'rate-limit-without-retry-after': {
    title: 'a 429 that does not say when to come back',
    deed: { do: 'answer', answer: json(429, { error: 'rate_limited' }) },
    count: 1,
  },
  'html-page': {
    title: 'a 503 with an HTML page instead of JSON',
    deed: { do: 'answer', answer: { status: 503, headers: { 'content-type': 'text/html' }, body: HTML } },
    count: 1,
  },
  'sign-in-page': {
    title: 'a 200 with a sign-in page instead of a 401',
    deed: {
      do: 'answer',
      answer: {
        status: 200,
        headers: { 'content-type': 'text/html' },
        body: '<html><form action="/login"></form></html>',
      },
    },
    count: 1,
  },
  'truncated-body': {
    title: 'JSON that ends in the middle',
    deed: {
      do: 'answer',
      answer: { status: 200, headers: { 'content-type': 'application/json' }, body: '{"access_token":"' },
    },
    count: 1,
  },
  'expires-in-string': {
    title: '`expires_in` as a string',
    deed: { do: 'rewrite', fields: { expires_in: '1800' } },
  },
  'expires-in-missing': { title: 'no `expires_in`', deed: { do: 'rewrite', fields: { expires_in: null } } },
  'expires-in-zero': { title: '`expires_in` of 0', deed: { do: 'rewrite', fields: { expires_in: 0 } } },
  'expires-in-negative': {
    title: 'a negative `expires_in`',
    deed: { do: 'rewrite', fields: { expires_in: -1 } },
  },
  'refresh-token-omitted': {
    title: 'a refresh answer without `refresh_token`, which is legal',
    deed: { do: 'rewrite', fields: { refresh_token: null } },
  },
  'answer-lost': {
    title: 'the server commits, and the answer never arrives',
    deed: { do: 'reset', when: 'after-commit' },
    count: 1,
  },
  'request-lost': {
    title: 'the connection breaks before the server has seen the request',
    deed: { do: 'reset', when: 'before-commit' },
    count: 1,
  },
  'never-answers': { title: 'the server commits and stays silent', deed: { do: 'stall' }, count: 1 },
  slow: { title: 'the request takes ten seconds to get there', deed: { do: 'delay', ms: 10_000 } },
} as const satisfies Record<string, Preset>;

/** The name of a preset. */
export type PresetName = keyof typeof PRESETS;

/** The rule of a preset for these exchanges. */
export function preset(
  name: PresetName,
  match: ExchangeMatch,
  more: { count?: number; untilMs?: number } = {},
): Fault {
  const { deed, count } = PRESETS[name] as Preset;
  return { id: name, match, ...(count === undefined ? {} : { count }), ...more, ...deed };
}
