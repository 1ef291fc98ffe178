// What a call must show beside a token, at services whose calls are signed.

import type { Request } from './http.ts';
import type { Refusal } from './refusals.ts';
import type { Route } from './service.ts';
import type { TokenDesk } from './token-desk.ts';

/** Who presents itself: a client in its own name, or the bearer of an access token. */
export type Credential =
  | { readonly token: string }
  | { readonly client: { readonly id: string; readonly secret: string | null } };

/** A call whose proof is looked at. */
export interface ProofAsked {
  readonly request: Request;
  /** Null where no route fits. */
  readonly route: Route | null;
  readonly nowMs: number;
  readonly tokens: TokenDesk;
}

/** Why what a call shows does not count. */
export interface Doubt {
  readonly refused: Refusal;
  readonly detail?: string;
  readonly code?: string;
}
