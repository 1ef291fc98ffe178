// What the world and the thread of the OpenID provider say to each other: requests with their moment, and what came of them.

import type { Answer, Policy, Request } from '../../mocks/index.ts';

/** What the provider is set up with. */
export interface Settings {
  /** The base URL under which callers reach it; its issuer. */
  readonly origin: string;
  /** Its own draws depend on this alone. */
  readonly seed: string;
  readonly policy: Policy;
  readonly scopes: readonly string[];
  readonly clients: readonly ClientSettings[];
  /** The private key (PEM, PKCS 8) with which it signs. */
  readonly key: string;
}

/** A client as it is registered. */
export interface ClientSettings {
  readonly id: string;
  readonly secret: string;
  readonly redirectUri: string;
}

/** Which of the provider's tokens. */
export interface TokenName {
  readonly model: TokenModel;
  readonly value: string;
}

/** The provider's names for the two kinds of tokens of which a record is kept. */
export type TokenModel = 'AccessToken' | 'RefreshToken';

/** What happens outside of any request. */
export type Deed =
  /** A person exists, who may log in. */
  | { readonly kind: 'account'; readonly account: string }
  /** A grant was given before the world began, or without a page. */
  | {
      readonly kind: 'grant';
      readonly grant: string;
      readonly account: string;
      readonly client: string;
      readonly scopes: readonly string[];
      readonly access: string;
      readonly refresh: string | null;
    }
  /** These tokens, and these grants, end. */
  | { readonly kind: 'end'; readonly tokens: readonly TokenName[]; readonly grants: readonly string[] }
  /** Only these scopes are left of a grant. */
  | { readonly kind: 'narrow'; readonly grant: string; readonly scopes: readonly string[] }
  /** A client has another secret, or none of it is left. */
  | { readonly kind: 'client'; readonly id: string; readonly client: ClientSettings | null };

/** What the world says. Everything is dealt with in the order in which it is said, one after the other. */
export type ToProvider = { readonly nowMs: number } & (
  | { readonly kind: 'ask'; readonly request: Request }
  | { readonly kind: 'do'; readonly deed: Deed }
);

/** What a request changed about tokens, in the provider's own words. Moments are in seconds. */
export type Change =
  | {
      readonly kind: 'saved';
      readonly model: TokenModel;
      readonly value: string;
      readonly grant: string;
      readonly account: string;
      readonly client: string;
      readonly scopes: readonly string[];
      readonly issuedAt: number;
      readonly expiresAt: number;
    }
  | { readonly kind: 'consumed' | 'destroyed'; readonly model: TokenModel; readonly value: string };

/** What came of a request. */
export interface Told {
  readonly answer: Answer;
  readonly changes: readonly Change[];
  /** What the provider tells its operator of a refusal, and nobody else. */
  readonly refusal: { readonly error: string; readonly detail: string } | null;
  /** Whose grant it was about, where the provider knows. */
  readonly account: string | null;
}

/** What the provider says: the answers in the order of the requests, or why there will be none. */
export type FromProvider =
  | ({ readonly kind: 'told' } & Told)
  | { readonly kind: 'failed'; readonly message: string };
