// A grant, what can be done to it, and what comes of that: the engine's words, as plain data.

import type { Policy } from './policy.ts';
import type { Refusal } from './refusals.ts';

/** Why and when a token or a grant stops working; a moment to come is one that is settled already. */
export interface Ending {
  readonly cause: Refusal;
  readonly atMs: number;
}

/** A policy that bars a living grant from calls, from refreshes, or from both. */
export interface Bar {
  readonly cause: Refusal;
  readonly from: 'use' | 'refresh' | 'both';
  /** Whether it bars calls only with access tokens that `policy.evaluatedAboveMs` is about; absent = with any. */
  readonly evaluatedOnly?: true;
}

/** An access token as the authorization server remembers it. Ids, never values. */
export interface AccessToken {
  readonly id: string;
  readonly issuedAtMs: number;
  /** The moment from which the resource server knows the token; null = from its issue on. */
  readonly knownFromMs: number | null;
  /** The refresh token that was told together with it; null = none was. */
  readonly companion: string | null;
  /** The first moment at which the token is expired; null = it never expires. */
  readonly expiresAtMs: number | null;
  readonly scopes: readonly string[];
  readonly ended: Ending | null;
}

/** A refresh token as the authorization server remembers it. */
export interface RefreshToken {
  readonly id: string;
  readonly issuedAtMs: number;
  readonly usedAtMs: number;
  /** How long it lives from its issue, where its client asked for it; absent = as the policy says. */
  readonly ttlMs?: number;
  /** The token that this one replaced; null for the first of its family. */
  readonly parent: string | null;
  /** The first moment at which this token is refused for being spent; null while it was not replaced. */
  readonly honouredUntilMs: number | null;
  readonly ended: Ending | null;
}

/** One consent of one account to one client, with the token family that came out of it. */
export interface Grant {
  readonly id: string;
  readonly policy: Policy;
  readonly clientId: string;
  /** Whether its code was exchanged without the client's secret, so that refreshes may be, too; absent = no. */
  readonly withoutSecret?: true;
  /** Whether one consent gave it beside another grant; absent = no. */
  readonly beside?: true;
  readonly scopes: readonly string[];
  readonly consentedAtMs: number;
  readonly ended: Ending | null;
  /** Policies that bar the grant for now, in the order in which they were imposed. */
  readonly bars: readonly Bar[];
  readonly accessTokens: readonly AccessToken[];
  readonly refreshTokens: readonly RefreshToken[];
}

/** What the tokens that a command may mint are made of. Unused ids are simply not minted. */
export interface Fresh {
  readonly access: string;
  readonly refresh: string;
  /** A number in [0, 1) that picks the lifetime, where it is a range; absent = the shortest. */
  readonly draw?: number;
}

/** What can be done to a grant. `atMs` is the moment, in epoch milliseconds. */
export type Command =
  | {
      readonly kind: 'refresh';
      readonly atMs: number;
      readonly token: string;
      readonly clientId: string;
      /** The narrower scope asked for; null = all that was granted. */
      readonly scopes: readonly string[] | null;
      readonly fresh: Fresh;
      /** The lifetime asked for; absent = the policy's. */
      readonly askedTtlMs?: number;
      /** The lifetime asked for a new refresh token; absent = the policy's. */
      readonly askedRefreshTtlMs?: number;
    }
  /** The exchange of a long-lived access token for a pair that refreshes, once and for the whole grant. */
  | {
      readonly kind: 'make-refreshable';
      readonly atMs: number;
      readonly token: string;
      readonly clientId: string;
      readonly fresh: Fresh;
    }
  | {
      readonly kind: 'use';
      readonly atMs: number;
      readonly token: string;
      /** Any one of these suffices; empty = no scope needed. */
      readonly needsOneOf: readonly string[];
    }
  | { readonly kind: 'revoke'; readonly atMs: number; readonly cause: Refusal }
  | { readonly kind: 'revoke-token'; readonly atMs: number; readonly token: string }
  | { readonly kind: 'end-access'; readonly atMs: number; readonly cause: Refusal }
  | { readonly kind: 'end-refresh'; readonly atMs: number; readonly cause: Refusal }
  /** A newer grant pushes this one out; the policy says what it loses. */
  | { readonly kind: 'evict'; readonly atMs: number }
  | { readonly kind: 'narrow-scope'; readonly atMs: number; readonly scopes: readonly string[] }
  | { readonly kind: 'bar'; readonly atMs: number; readonly bar: Bar }
  /** Lifts the bars of one cause; null = every bar. */
  | { readonly kind: 'unbar'; readonly atMs: number; readonly cause: Refusal | null };

/** What a command changed about a token, for the record. */
export interface Effect {
  readonly kind: 'minted' | 'rotated' | 'revoked' | 'evicted';
  readonly token: string;
  readonly cause?: Refusal;
  /** From when on it holds; absent = at once. */
  readonly fromMs?: number;
  readonly expiresAtMs?: number | null;
  readonly successor?: string;
}

/** What came of a command. */
export type Outcome =
  | {
      readonly kind: 'granted';
      readonly access: AccessToken;
      /** The refresh token to tell the client: a new one, the same one, or null where the policy has none. */
      readonly refresh: RefreshToken | null;
      /** Whether the refresh token is another than the one that was presented. */
      readonly rotated: boolean;
      readonly effects: readonly Effect[];
    }
  | { readonly kind: 'allowed'; readonly access: AccessToken; readonly effects: readonly Effect[] }
  | { readonly kind: 'refused'; readonly cause: Refusal; readonly effects: readonly Effect[] }
  | { readonly kind: 'done'; readonly effects: readonly Effect[] };

/** A grant after a command, and what came of it. */
export interface Transition {
  readonly grant: Grant;
  readonly outcome: Outcome;
}
