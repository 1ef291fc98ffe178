// Google says `invalid_grant` for whatever ended a grant; what helps is the same from outside, whatever it was.

import type { Scenario } from '../harness/scenario.ts';
import { CHECKS } from './checks/index.ts';
import { MINUTE_MS, SHORT_NIGHT_MS } from './short-night.ts';

/** A new password ends grants that reach into mail, and no others. */
const WITH_MAIL = ['https://www.googleapis.com/auth/spreadsheets', 'https://mail.google.com/'] as const;

export default {
  id: 'one-error-three-causes',
  title: 'One `invalid_grant`, several causes',
  why: 'Google answers invalid_grant for a revoked grant, for one that was unused for too long, and for one that newer grants evicted; the words do not tell which.',
  kinds: ['agent'],
  needsServices: ['google'],
  untilMs: SHORT_NIGHT_MS,
  timeline: [],
  checks: CHECKS.map(({ id }) => id),
  variants: [
    {
      id: 'revoked',
      title: 'Google says invalid_grant: the user revoked the consent',
      timeline: [{ atMs: 22 * MINUTE_MS, account: 'acme-google', act: 'revoke' }],
    },
    {
      id: 'password',
      title: 'Google says invalid_grant: the password was changed, and the grant covers mail',
      agent: { services: { google: { scopes: [...WITH_MAIL] } } },
      timeline: [{ atMs: 22 * MINUTE_MS, account: 'acme-google', act: 'change-password' }],
    },
    {
      id: 'idle',
      title: 'Google says invalid_grant: the refresh token was unused for longer than its window',
      agent: { services: { google: { accessTtl: '40m', refreshIdle: '30m' } } },
    },
    {
      id: 'capped',
      title: 'Google says invalid_grant: the app is in Testing, where a grant lives for seven days',
      agent: { services: { google: { accessTtl: '20m', refreshCap: '30m' } } },
    },
  ],
} satisfies Scenario;
