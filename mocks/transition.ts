// The engine: one command applied to a grant. Total and pure; moments and fresh token ids come in with the command.

import { endGrant, endRefreshTokens, evict, refused, revokeAccessTokens, revokeToken } from './endings.ts';
import type { Bar, Command, Grant, Transition } from './grant.ts';
import { accessRefusal, isEvaluated, touched } from './lifetimes.ts';
import { makeRefreshable, refresh } from './refresh.ts';
import type { Refusal } from './refusals.ts';

/** Applies one command. Never throws; an unknown token id is a refusal like any other. */
export function transition(grant: Grant, command: Command): Transition {
  switch (command.kind) {
    case 'refresh':
      return refresh(grant, command);
    case 'use':
      return use(grant, command);
    case 'make-refreshable':
      return makeRefreshable(grant, command);
    case 'revoke':
      return endGrant(grant, { cause: command.cause, atMs: command.atMs });
    case 'revoke-token':
      return revokeToken(grant, command.token, command.atMs);
    case 'end-access':
      return revokeAccessTokens(grant, { cause: command.cause, atMs: command.atMs });
    case 'end-refresh':
      return endRefreshTokens(grant, { cause: command.cause, atMs: command.atMs });
    case 'evict':
      return evict(grant, command.atMs);
    case 'narrow-scope':
      return done(narrow(grant, command.scopes));
    case 'bar':
      return done({ ...grant, bars: [...without(grant.bars, command.bar.cause), command.bar] });
    case 'unbar':
      return done({ ...grant, bars: command.cause === null ? [] : without(grant.bars, command.cause) });
  }
}

function use(grant: Grant, command: Extract<Command, { kind: 'use' }>): Transition {
  const { atMs, needsOneOf } = command;
  // The token in question is nearly always among the newest, hence the search from the end.
  const at = grant.accessTokens.findLastIndex((candidate) => candidate.id === command.token);
  const token = grant.accessTokens[at];
  if (token === undefined) return refused(grant, 'unknown-token');
  const bar = grant.bars.find(
    ({ from, evaluatedOnly }) =>
      from !== 'refresh' && (evaluatedOnly !== true || isEvaluated(grant.policy, token)),
  );
  const refusal = accessRefusal(token, atMs) ?? bar?.cause ?? null;
  if (refusal !== null) return refused(grant, refusal);
  const allowed = needsOneOf.length === 0 || needsOneOf.some((scope) => token.scopes.includes(scope));
  const access = touched(grant.policy.access, token, atMs);
  const after = access === token ? grant : { ...grant, accessTokens: grant.accessTokens.with(at, access) };
  return allowed
    ? { grant: after, outcome: { kind: 'allowed', access, effects: [] } }
    : refused(after, 'scope-missing');
}

function narrow(grant: Grant, scopes: readonly string[]): Grant {
  const kept = (all: readonly string[]) => all.filter((scope) => scopes.includes(scope));
  return {
    ...grant,
    scopes: kept(grant.scopes),
    accessTokens: grant.accessTokens.map((token) => ({ ...token, scopes: kept(token.scopes) })),
  };
}

const without = (bars: readonly Bar[], cause: Refusal) => bars.filter((bar) => bar.cause !== cause);
const done = (grant: Grant): Transition => ({ grant, outcome: { kind: 'done', effects: [] } });
