// The world's books of a provider's grants: each change that the provider reports, applied to what is known. Pure.

import type { Effect, Grant, Transition } from '../../mocks/grant.ts';
import type { Refusal } from '../../mocks/index.ts';
import { accessEnd, refreshRefusal } from '../../mocks/lifetimes.ts';
import type { Change } from './protocol.ts';

/** What is known of a report beside its changes. */
export interface Report {
  /** Epoch ms. */
  readonly atMs: number;
  /** Why tokens were destroyed, where any were. */
  readonly cause: Refusal;
  /** What the record calls a token. */
  idOf(value: string): string;
}

/** The grant after the changes of one request, and what they did to its tokens. */
export function mirrored(grant: Grant, changes: readonly Change[], report: Report): Transition {
  const effects: Effect[] = [];
  let after = grant;
  for (const change of changes) {
    const step = mirroredOne(after, change, report);
    after = step.grant;
    effects.push(...step.effects);
  }
  return { grant: after, outcome: { kind: 'done', effects: [...effects, ...rotations(changes, report)] } };
}

interface Step {
  readonly grant: Grant;
  readonly effects: readonly Effect[];
}

function mirroredOne(grant: Grant, change: Change, report: Report): Step {
  const id = report.idOf(change.value);
  const { atMs, cause } = report;
  if (change.kind === 'saved') return minted(grant, change, id, report);
  if (change.kind === 'consumed') {
    const spent = grant.refreshTokens.map((token) =>
      token.id === id ? { ...token, usedAtMs: atMs, honouredUntilMs: atMs } : token,
    );
    return { grant: { ...grant, refreshTokens: spent }, effects: [] };
  }
  const ended = { cause, atMs };
  const isAlive =
    grant.accessTokens.some((token) => token.id === id && accessEnd(token, atMs) === null) ||
    grant.refreshTokens.some((token) => token.id === id && refreshRefusal(grant, token, atMs) === null);
  if (!isAlive) return { grant, effects: [] };
  return {
    grant: {
      ...grant,
      accessTokens: grant.accessTokens.map((token) => (token.id === id ? { ...token, ended } : token)),
      refreshTokens: grant.refreshTokens.map((token) => (token.id === id ? { ...token, ended } : token)),
    },
    effects: [{ kind: 'revoked', token: id, cause }],
  };
}

function minted(
  grant: Grant,
  change: Extract<Change, { kind: 'saved' }>,
  id: string,
  { atMs }: Report,
): Step {
  const issuedAtMs = change.issuedAt * 1000;
  const expiresAtMs = change.expiresAt * 1000;
  const effects: readonly Effect[] = [{ kind: 'minted', token: id, expiresAtMs }];
  if (change.model === 'AccessToken') {
    const token = {
      ...{ id, issuedAtMs, expiresAtMs, scopes: change.scopes },
      ...{ knownFromMs: null, companion: null, ended: null },
    };
    return { grant: { ...grant, accessTokens: [...grant.accessTokens, token] }, effects };
  }
  const parent = grant.refreshTokens.findLast(({ honouredUntilMs }) => honouredUntilMs === atMs)?.id ?? null;
  const token = { id, issuedAtMs, usedAtMs: issuedAtMs, parent, honouredUntilMs: null, ended: null };
  return { grant: { ...grant, refreshTokens: [...grant.refreshTokens, token] }, effects };
}

// Of the tokens of one request, the one that was consumed is replaced by the one that was saved.
function rotations(changes: readonly Change[], { idOf }: Report): readonly Effect[] {
  const refresh = (kind: Change['kind']) =>
    changes.find((change) => change.kind === kind && change.model === 'RefreshToken');
  const [spent, successor] = [refresh('consumed'), refresh('saved')];
  return spent === undefined || successor === undefined
    ? []
    : [{ kind: 'rotated', token: idOf(spent.value), successor: idOf(successor.value) }];
}
