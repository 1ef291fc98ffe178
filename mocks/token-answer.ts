// What a token request comes to: the service's own answer, or a refusal that is yet to be put into its words.

import type { Authority, Client } from './authority.ts';
import type { Effect, Outcome } from './grant.ts';
import type { Answer, Request } from './http.ts';
import { refreshExpiresAtMs, statedEndMs } from './lifetimes.ts';
import type { Randomness } from './randomness.ts';
import type { Refusal } from './refusals.ts';
import type { AccountIdentity, Granted, GrantedPair, Service } from './service.ts';

/** The result of a token request, before a refusal is put into the service's words. */
export type TokenResult =
  | { readonly answer: Answer; readonly effects: readonly Effect[]; readonly account: AccountIdentity }
  | { readonly refused: Refusal; readonly effects: readonly Effect[]; readonly detail: string | null };

/** What the endpoint works on. */
export interface TokenContext {
  readonly service: Service;
  readonly authority: Authority;
  readonly accounts: readonly AccountIdentity[];
  readonly randomness: Randomness;
  readonly origin: string;
  readonly nowMs: number;
  readonly key: string;
}

/** Who asked, by which kind of request. */
export interface Asked {
  readonly via: Granted['via'];
  readonly request: Request;
  readonly fields: Readonly<Record<string, string>>;
  readonly client: Client;
}

/** The service's answer to a token request that is granted. */
export function grantedAnswer(
  context: TokenContext,
  { via, request, fields, client }: Asked,
  outcome: Outcome,
  account: AccountIdentity,
  effects: readonly Effect[],
  beside: Outcome | null = null,
): TokenResult {
  if (outcome.kind !== 'granted') throw new Error(`a token answer needs a grant, got "${outcome.kind}"`);
  const { service, authority, randomness, origin, nowMs, key } = context;
  const { access, refresh, rotated } = outcome;
  const minted = authority.record(access.id);
  const grant = authority.grantOf(minted);
  const granted: Granted = {
    via,
    nowMs,
    request,
    fields,
    client,
    access: { value: minted.value, token: access },
    refresh: refresh === null ? null : { value: authority.value(refresh.id), token: refresh },
    rotated,
    expiresIn: secondsUntil(statedEndMs(service.policy, access), nowMs),
    refreshExpiresIn: refresh === null ? null : secondsUntil(refreshExpiresAtMs(grant, refresh), nowMs),
    consentedAtMs: grant.consentedAtMs,
    scopes: access.scopes,
    account,
    origin,
    randomness,
    key,
  };
  const answer = service.tokenAnswer(
    beside === null ? granted : { ...granted, beside: pairOf(context, beside) },
  );
  return { answer, effects, account };
}

function pairOf({ service, authority, nowMs }: TokenContext, outcome: Outcome): GrantedPair {
  if (outcome.kind !== 'granted') throw new Error(`a token answer needs a grant, got "${outcome.kind}"`);
  const { access, refresh } = outcome;
  return {
    access: { value: authority.value(access.id), token: access },
    refresh: refresh === null ? null : { value: authority.value(refresh.id), token: refresh },
    expiresIn: secondsUntil(statedEndMs(service.policy, access), nowMs),
    scopes: access.scopes,
  };
}

/** Whole seconds from now until a moment; null = it never comes. */
export const secondsUntil = (endMs: number | null, nowMs: number) =>
  endMs === null ? null : Math.round((endMs - nowMs) / 1000);

/** A token request that is refused. */
export const refuse = (
  refused: Refusal,
  detail: string | null = null,
  effects: readonly Effect[] = [],
): TokenResult => ({ refused, effects, detail });
