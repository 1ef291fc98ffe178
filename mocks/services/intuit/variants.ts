// What Intuit did before, does elsewhere, and what is widely said of it.

import type { Variant } from '../../service.ts';
import { withAnswer, withPolicy } from '../../variant.ts';
import { serviceFault } from './answers.ts';
import { authenticationFault } from './api-wire.ts';

const DAY_MS = 86_400_000;

/** The variants. */
export const VARIANTS: Readonly<Record<string, Variant>> = {
  'a-day-more': {
    title: 'the old refresh token lives for a day after the new one was handed out',
    status: 'real',
    source: 'the older FAQ of developer.intuit.com',
    apply: (service) => withPolicy(service, { graceMs: DAY_MS }),
  },
  'service-fault': {
    title: 'an expired token is told by the service: Fault and Error in upper case',
    status: 'real',
    source: 'bodies quoted in public issue threads',
    apply: (service) =>
      withAnswer(service, 'access-token-expired', (refused) =>
        serviceFault(refused, authenticationFault('Token expired')),
      ),
  },
  'every-use': {
    title: 'every refresh replaces the refresh token, and the old one is dead at once',
    status: 'claimed',
    source: 'the widespread advice to expect a new refresh token with every refresh',
    apply: (service) => withPolicy(service, { rotation: 'every-use' }),
  },
  'never-changes': {
    title: 'the refresh token stays the same for a hundred days',
    status: 'claimed',
    source: 'what every test of less than a day shows',
    apply: (service) => withPolicy(service, { rotation: 'none' }),
  },
};
