// Every answer by which a service refuses, as its recipe meets it: what lists, explanations and the docs are made from.

import { encodeBody } from './http.ts';
import { follow, type Step } from './produce.ts';
import { createProvider } from './provider.ts';
import { seededRandomness } from './randomness.ts';
import { REFUSALS, type Refusal, type Remedy } from './refusals.ts';
import type { Service, Sureness, WireRow } from './service.ts';

/** One refusal of a service: its words, what can be behind them, and how it comes about. */
export interface ErrorRow {
  readonly service: string;
  /** Unique within the service and variant, but for other words of the same refusal. */
  readonly id: string;
  readonly at: WireRow['at'];
  /** The variant that it takes, or null: what a variant says beside the service's own words, or in their place. */
  readonly variant: string | null;
  /** An example of the answer; ids and moments in it differ from call to call. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly causes: readonly { readonly cause: Refusal; readonly meaning: string; readonly remedy: Remedy }[];
  /** What makes the service say it, in words. */
  readonly producedBy: string;
  readonly source: string;
  readonly sureness: Sureness;
}

/** The moment at which the examples are made. */
const EXAMPLE_MS = Date.parse('2026-03-02T22:00:00.000Z');

/**
 * The refusals of a service, in the order of its table, then those of its variants that are other ones, each with an example
 * made by following its recipe.
 */
export function errorRows(service: Service): readonly ErrorRow[] {
  const { wire, variants } = service;
  const own = wire.flatMap((row) => {
    const varied = row.under === undefined ? undefined : variants[row.under]?.apply(service);
    return examples(row, row.under ?? null, varied ?? service);
  });
  const isOwn = (row: WireRow) => wire.some(({ id, answer }) => id === row.id && answer === row.answer);
  const saysTheSame = (one: ErrorRow) =>
    own.some((other) => one.id === other.id && wordsOf(one) === wordsOf(other));
  const ofVariants = Object.entries(variants).flatMap(([name, variant]) => {
    const varied = variant.apply(service);
    const changed = varied.wire.filter((row) => !isOwn(row)).flatMap((row) => examples(row, name, varied));
    return changed.filter((row) => !saysTheSame(row));
  });
  return [...own, ...ofVariants];
}

const wordsOf = ({ status, headers, body }: ErrorRow) => JSON.stringify([status, headers, body]);

const examples = (row: WireRow, variant: string | null, service: Service): readonly ErrorRow[] =>
  [row.produce, ...(row.further ?? [])].map((recipe) => example(row, recipe, variant, service));

function example(row: WireRow, recipe: readonly Step[], variant: string | null, service: Service): ErrorRow {
  const provider = createProvider(service, {
    origin: `https://${service.hosts[0] ?? 'service.example'}`,
    randomness: seededRandomness('an example'),
  });
  const last = follow(provider, recipe, EXAMPLE_MS).at(-1);
  if (last === undefined) throw new Error(`the recipe of "${row.id}" of ${service.id} has no step`);
  return {
    service: service.id,
    id: row.id,
    at: row.at,
    variant,
    status: last.answer.status,
    headers: last.answer.headers,
    body: encodeBody(last.answer),
    causes: row.causes.map((cause) => ({ cause, ...meaningAt(row.at, cause) })),
    producedBy: recipeTold(recipe).join(', then '),
    source: row.source,
    sureness: row.sureness,
  };
}

// Where the refresh token itself is refused, there is nothing left to refresh with.
function meaningAt(at: WireRow['at'], cause: Refusal) {
  const { meaning, remedy } = REFUSALS[cause];
  return { meaning, remedy: at === 'token' && remedy === 'refresh' ? ('reauthorize' as const) : remedy };
}

/** A recipe in words; what is done again and again is told once. */
function recipeTold(steps: readonly Step[]): readonly string[] {
  const runs: { readonly words: string; times: number }[] = [];
  for (const words of steps.map(told)) {
    const last = runs.at(-1);
    if (last?.words === words) last.times++;
    else runs.push({ words, times: 1 });
  }
  return runs.map(({ words, times }) => (times === 1 ? words : `${times} times ${words}`));
}

/** A step of a recipe in words. */
function told(step: Step): string {
  if ('advanceMs' in step) return `${timeTold(step.advanceMs)} pass`;
  if ('act' in step) return `act ${step.act}`;
  if ('call' in step) {
    const { call, method = 'GET', as = 'first' } = step;
    return `${method} ${call}${CALLERS[as]}`;
  }
  if ('refresh' in step) {
    const { refresh, as, grantType, scope, fields = {}, sent = {} } = step;
    const more = [
      grantType === undefined ? [] : `as grant type ${grantType}`,
      scope === undefined ? [] : `asking for ${scope}`,
      Object.entries(fields).map(([name, value]) => `with ${name}=${value}`),
      as === undefined || as === 'itself' ? [] : `as ${CLIENTS[as]}`,
      sent.encoding === undefined ? [] : SENT[sent.encoding],
      sent.clientAuth === undefined ? [] : SENT[sent.clientAuth],
    ].flat();
    return [`a refresh with ${REFRESH_TOKENS[refresh]}`, ...more].join(' ');
  }
  if ('revoke' in step) return `a revocation of the ${step.revoke} token`;
  if ('assert' in step) return `an assertion${step.assert === 'own' ? '' : ' for an unknown installation'}`;
  const { consent, exchange } = step;
  const asked = Object.entries(consent).map(([name, value]) => `${name}=${value}`);
  return ['a consent', ...asked, exchange === undefined ? [] : `with its code ${CODES[exchange]}`]
    .flat()
    .join(' ');
}

const CALLERS = {
  first: '',
  second: ' by another tenant',
  nobody: ' without a token',
  forged: ' with a token that nobody minted',
  client: ' by the client itself',
} as const;
const CLIENTS = {
  'unknown-client': 'a client that nobody knows',
  'wrong-secret': 'the client with a wrong secret',
  'other-client': 'another client',
} as const;
const SENT = {
  form: 'as a form',
  json: 'as JSON',
  body: 'with the secret in the body',
  basic: 'with the secret in the Authorization header',
  none: 'without the secret',
} as const;
const REFRESH_TOKENS = {
  current: 'the newest token',
  original: 'the first token',
  forged: 'a token that nobody minted',
  missing: 'no token',
} as const;
const CODES = {
  'forged-code': 'forged',
  'wrong-verifier': 'and a wrong verifier',
  'wrong-redirect': 'and another redirect_uri',
  twice: 'presented twice',
  late: 'presented too late',
  none: 'never presented',
} as const;

function timeTold(ms: number): string {
  const units = [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['min', 60_000],
    ['s', 1000],
  ] as const;
  const [unit, size] = units.find(([, each]) => ms % each === 0) ?? (['ms', 1] as const);
  return `${ms / size} ${unit}`;
}
