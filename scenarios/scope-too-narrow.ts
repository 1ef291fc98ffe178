// An administrator narrows what was granted: the credential is alive, and no new token widens it.

import type { Scenario } from '../harness/scenario.ts';
import { CHECKS } from './checks/index.ts';
import { MINUTE_MS, SHORT_NIGHT_MS } from './short-night.ts';

export default {
  id: 'scope-too-narrow',
  title: 'A scope is gone: refused with a live credential',
  why: 'A missing scope that is taken for an expiry is refreshed for ever, and one that is shown as "token expired" sends the user to sign in again for nothing (helix#204, anthropics/claude-code#92518).',
  kinds: ['agent'],
  needsServices: ['hubspot', 'google'],
  untilMs: SHORT_NIGHT_MS,
  timeline: [],
  checks: CHECKS.map(({ id }) => id),
  variants: [
    {
      id: 'reading',
      title: 'The scope to read is gone: 403',
      timeline: [{ atMs: 22 * MINUTE_MS, account: 'acme-hubspot', act: 'narrow-scope', scopes: ['oauth'] }],
    },
    {
      id: 'writing',
      title: 'The scope to write is gone: 403',
      timeline: [
        {
          atMs: 22 * MINUTE_MS,
          account: 'acme-google',
          act: 'narrow-scope',
          scopes: ['https://www.googleapis.com/auth/drive.readonly'],
        },
      ],
    },
    {
      id: 'as-401',
      title: 'The scope is gone, and the service says 401',
      timeline: [{ atMs: 22 * MINUTE_MS, account: 'acme-hubspot', act: 'narrow-scope', scopes: ['oauth'] }],
      agent: {
        services: {
          hubspot: {
            errors: [
              {
                at: 'resource',
                causes: ['scope-missing'],
                status: 401,
                body: { code: 401, message: 'Unauthorized; scope does not match' },
              },
            ],
          },
        },
      },
    },
  ],
} satisfies Scenario;
