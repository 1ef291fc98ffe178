// What can befall a signed call whichever protocol it speaks, and how a recipe brings it about.

import { ACCESS_TOKEN_ENDED, CALL_BARRED } from '../../causes.ts';
import type { Answer } from '../../http.ts';
import type { Step } from '../../produce.ts';
import type { Refusal } from '../../refusals.ts';
import type { Fact, Refused, WireRow } from '../../service.ts';

type Probe = Extract<Step, { readonly call: string }>;

const HOUR_MS = 3_600_000;
// Signed with the body's own hash, sent with this: the signature no longer fits.
const SPOILT = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
const LONG_AGO = { 'x-amz-date': '20000101T000000Z' };

interface Situation {
  readonly causes: readonly Refusal[];
  readonly under?: string;
  /** The steps that bring it about. */
  produce(probe: Probe): readonly Step[];
}

/** The situations that every protocol has words for. */
const SITUATIONS = {
  expired: {
    causes: ['expired'],
    produce: (probe) => [{ advanceMs: HOUR_MS }, probe],
  },
  'unknown-key': {
    causes: ['unknown-token', 'unknown-client', 'client-deleted', 'account-deleted'],
    produce: (probe) => [{ ...probe, as: 'forged' }],
  },
  'wrong-signature': {
    causes: ['wrong-secret'],
    produce: (probe) => [{ ...probe, headers: { ...probe.headers, ...SPOILT } }],
  },
  skewed: {
    causes: ['assertion-expired', 'assertion-from-future'],
    produce: (probe) => [{ ...probe, headers: { ...probe.headers, ...LONG_AGO } }],
  },
  // A policy that denies by aws:TokenIssueTime: live sessions, and it looks like a missing permission.
  'older-sessions-denied': {
    causes: ACCESS_TOKEN_ENDED.filter((cause) => cause !== 'account-deleted'),
    produce: (probe) => [{ act: 'end-sessions' }, probe],
  },
  denied: {
    causes: CALL_BARRED,
    produce: (probe) => [{ act: 'deny-by-policy' }, probe],
  },
  'not-allowed': {
    causes: ['scope-missing'],
    produce: (probe) => [{ act: 'narrow-scope', scopes: [] }, probe],
  },
  unsigned: {
    causes: ['no-token'],
    produce: (probe) => [{ ...probe, as: 'nobody' }],
  },
  throttled: {
    causes: ['rate-limited'],
    under: 'throttled',
    produce: (probe) => [probe, probe],
  },
} as const satisfies Readonly<Record<string, Situation>>;

/** The name of a situation. */
export type SituationName = keyof typeof SITUATIONS;

/** How a protocol speaks of a situation. */
export interface Words extends Fact {
  readonly answer: (refused: Refused) => Answer;
}

/** One protocol: the routes that speak it, how to try it, and its words. */
export interface Protocol {
  readonly id: string;
  /** Absent for the one that also answers where no route fits. */
  readonly routes?: readonly string[];
  readonly probe: Probe;
  readonly words: Readonly<Record<SituationName, Words>>;
}

/** The rows of a protocol, one for each situation. */
export function rowsOf({ id, routes, probe, words }: Protocol): readonly WireRow[] {
  return Object.entries(SITUATIONS).map(([name, situation]: [string, Situation]) => {
    const { causes, under, produce } = situation;
    return {
      id: `${id}-${name}`,
      at: 'resource',
      ...(routes === undefined ? {} : { routes }),
      causes,
      produce: produce(probe),
      ...(under === undefined ? {} : { under }),
      ...words[name as SituationName],
    };
  });
}

/** A fact with an answer that needs the refusal and no more. */
export const words = (
  sureness: Fact['sureness'],
  source: string,
  answer: (refused: Refused) => Answer,
): Words => ({ sureness, source, answer });
