// What Xero did before, and what is widely said of it.

import { json } from '../../http.ts';
import type { Variant } from '../../service.ts';
import { withAnswer, withPolicy } from '../../variant.ts';

const DAY_MS = 86_400_000;
const GUIDE = 'nango.dev/blog/xero-oauth-refresh-token-invalid-grant';

/** The variants. */
export const VARIANTS: Readonly<Record<string, Variant>> = {
  'thirty-days': {
    title: 'a refresh token that nobody uses for thirty days is dead, as in the first years',
    status: 'real',
    source: "community.xero.com/developer/discussion/105714701: Xero's own reply",
    apply: (service) => withPolicy(service, { refresh: { kind: 'idle', windowMs: 30 * DAY_MS } }),
  },
  'no-retry': {
    title: 'a refresh ends the old refresh token and the old access tokens at once',
    status: 'claimed',
    source: GUIDE,
    apply: (service) => withPolicy(service, { graceMs: 0, oldAccess: 'dies' }),
  },
  'described-errors': {
    title: 'a dead refresh token is described: Token has been expired or revoked.',
    status: 'claimed',
    source: GUIDE,
    apply: (service) =>
      withAnswer(service, 'refresh-token-dead', () =>
        json(400, { error: 'invalid_grant', error_description: 'Token has been expired or revoked.' }),
      ),
  },
};
