// Histories of one family of tokens, generated, and what each of the two servers says at every step of them.

import fc from 'fast-check';
import type { JsonObject } from '../../mocks/index.ts';
import type { Asker, Form, Pair, Said, Side } from './sides.ts';

/** One step. `pick` chooses among the tokens of that kind that were issued so far, spent and dead ones too. */
export type Step =
  | { readonly do: 'refresh'; readonly pick: number; readonly by: Asker; readonly scope: string | null }
  | { readonly do: 'refresh-with'; readonly what: 'forged' | 'access' | 'nothing'; readonly by: Asker }
  | { readonly do: 'ask-for'; readonly grantType: string | null }
  | {
      readonly do: 'revoke' | 'introspect';
      readonly of: Kind;
      readonly pick: number;
      readonly by: Asker;
      readonly hint: string | null;
    }
  | { readonly do: 'call'; readonly with: Kind | 'no-token'; readonly pick: number }
  | { readonly do: 'wait'; readonly ms: number };

type Kind = 'access' | 'refresh' | 'forged' | 'nothing';

const pick = fc.nat({ max: 5 });
const by = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Asker>('own') },
  fc.constantFrom<Asker>('foreign', 'wrong-secret', 'nobody'),
);
const kind = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<Kind>('access', 'refresh') },
  fc.constantFrom<Kind>('forged', 'nothing'),
);
const hint = fc.constantFrom(null, 'access_token', 'refresh_token');
const scope = fc.oneof(
  { weight: 4, arbitrary: fc.constant(null) },
  fc.constantFrom('openid read', 'openid offline_access read write', 'openid admin', 'openid more', ''),
);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('refresh' as const), pick, by, scope }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('refresh-with' as const),
      what: fc.constantFrom('forged' as const, 'access' as const, 'nothing' as const),
      by,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('ask-for' as const),
      grantType: fc.constantFrom(null, 'password', 'nonsense', 'authorization_code'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('revoke' as const, 'introspect' as const),
      of: kind,
      pick,
      by,
      hint,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('call' as const),
      with: fc.oneof(kind, fc.constant('no-token' as const)),
      pick,
    }),
  },
  // Half of an access token's life, all of it, and more than a refresh token may lie about.
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      ms: fc.constantFrom(1000, 1_800_000, 3_600_000, 16 * 86_400_000, 31 * 86_400_000),
    }),
  },
);

/** Histories up to this length. */
export const histories = (maxLength: number): fc.Arbitrary<readonly Step[]> =>
  fc.array(step, { minLength: 1, maxLength });

/** What one server said over a whole history, with which of the tokens lived at the end. */
export async function live(
  side: Side,
  family: string,
  steps: readonly Step[],
  startMs: number,
): Promise<readonly Heard[]> {
  let atMs = startMs;
  const first = side.grant(family, atMs);
  const issued: { readonly access: string[]; readonly refresh: string[] } = {
    access: [first.access],
    refresh: [first.refresh],
  };
  const heard: Heard[] = [];
  for (const each of steps) {
    atMs += 1000;
    if (each.do === 'wait') {
      atMs += each.ms;
      continue;
    }
    const said = await take(side, each, issued, atMs);
    heard.push({ step: each, ...heardOf(said) });
    const pair = pairOf(said.body);
    if (pair !== null && !issued.access.includes(pair.access)) issued.access.push(pair.access);
    if (pair !== null && !issued.refresh.includes(pair.refresh)) issued.refresh.push(pair.refresh);
  }
  for (const kind of ['access', 'refresh'] as const)
    for (const [index, token] of issued[kind].entries()) {
      const said = await side.post('introspect', 'own', { token }, atMs);
      heard.push({ step: { token: `${kind} ${index}` }, ...heardOf(said) });
    }
  return heard;
}

/** What was said, in terms that both servers share. */
export interface Heard {
  readonly step: Step | { readonly token: string };
  readonly status: number;
  readonly error: string | null;
  /** The names of the answer's fields, and the values of those that must agree. */
  readonly fields: readonly string[];
  readonly values: JsonObject;
  readonly truth: string;
}

const AGREED = ['active', 'expires_in', 'token_type', 'scope', 'exp', 'iat', 'client_id'];

function heardOf({ status, body, truth }: Said): Omit<Heard, 'step'> {
  const { error = null } = body;
  const values = Object.fromEntries(
    Object.entries(body).filter(([name]) => error === null && AGREED.includes(name)),
  );
  return {
    status,
    error: error === null ? null : String(error),
    fields: Object.keys(body).sort(),
    values,
    truth,
  };
}

function pairOf({ access_token: access, refresh_token: refresh }: JsonObject): Pair | null {
  return typeof access === 'string' && typeof refresh === 'string' ? { access, refresh } : null;
}

function take(
  side: Side,
  step: Exclude<Step, { do: 'wait' }>,
  issued: { access: string[]; refresh: string[] },
  atMs: number,
): Promise<Said> {
  const chosen = (kind: 'access' | 'refresh', index: number) =>
    issued[kind][index % issued[kind].length] ?? '';
  const token = (kind: Kind, index: number): Form => {
    if (kind === 'nothing') return {};
    return { token: kind === 'forged' ? FORGED : chosen(kind, index) };
  };
  switch (step.do) {
    case 'refresh': {
      const scope: Form = step.scope === null ? {} : { scope: step.scope };
      const form = { grant_type: 'refresh_token', refresh_token: chosen('refresh', step.pick), ...scope };
      return side.post('token', step.by, form, atMs);
    }
    case 'refresh-with': {
      const value = step.what === 'forged' ? FORGED : chosen('access', 0);
      const form: Form = step.what === 'nothing' ? {} : { refresh_token: value };
      return side.post('token', step.by, { grant_type: 'refresh_token', ...form }, atMs);
    }
    case 'ask-for':
      return side.post('token', 'own', step.grantType === null ? {} : { grant_type: step.grantType }, atMs);
    case 'revoke':
    case 'introspect': {
      const hint: Form = step.hint === null ? {} : { token_type_hint: step.hint };
      return side.post(step.do, step.by, { ...token(step.of, step.pick), ...hint }, atMs);
    }
    case 'call': {
      const { token: value = null } = step.with === 'no-token' ? {} : token(step.with, step.pick);
      return side.call(value, atMs);
    }
  }
}

const FORGED = 'nobody-ever-issued-this-token-to-anyone-at-all';
