// The answer to an authorization request, on its way back to the client.

import type { AccountIdentity } from './service.ts';

/** What a service may add to. */
export interface Back {
  /** What goes back so far: a code or an error, and the state. */
  readonly fields: Readonly<Record<string, string>>;
  readonly client: { readonly id: string; readonly secret: string | null };
  /** Who consented; null where nobody was there to. */
  readonly account: AccountIdentity | null;
  readonly nowMs: number;
  readonly origin: string;
}
