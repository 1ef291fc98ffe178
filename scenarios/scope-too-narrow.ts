// An administrator narrows what was granted: the credential is alive, and no new token widens it.

import type { Scenario } from '../harness/scenario.ts';
import type { BrokerStory, Calls } from '../harness/workload/story.ts';
import { CHECKS } from './checks/index.ts';
import { MINUTE_MS, SHORT_NIGHT_MS } from './short-night.ts';

const AGENTS = { kinds: ['agent'] } as const;
const BROKERS = { kinds: ['broker'] } as const;

type Asked = Pick<Calls, 'method' | 'path' | 'body'>;

/** Accounts whose consent covers one of two things that they are asked for. */
function narrow(service: string, scopes: readonly string[], asked: readonly [Asked, Asked]): BrokerStory {
  return {
    services: { [service]: service === 'crm' ? { base: 'plain', accessTtl: '30m' } : {} },
    cohorts: [{ service, count: 2, tenants: 2, withinMs: 0, scopes }],
    calls: asked.map((what, nth) => ({
      ...what,
      to: { service },
      fromMs: (3 + 5 * nth) * MINUTE_MS,
      everyMs: 10 * MINUTE_MS,
    })),
  };
}

export default {
  id: 'scope-too-narrow',
  title: 'A scope is gone: refused with a live credential',
  why: 'A missing scope that is taken for an expiry is refreshed for ever, and one that is shown as "token expired" sends the user to sign in again for nothing (helix#204, anthropics/claude-code#92518).',
  kinds: ['broker', 'agent'],
  needsServices: ['hubspot', 'google'],
  untilMs: SHORT_NIGHT_MS,
  timeline: [],
  checks: CHECKS.map(({ id }) => id),
  variants: [
    {
      id: 'reading',
      ...AGENTS,
      title: 'The scope to read is gone: 403',
      timeline: [{ atMs: 22 * MINUTE_MS, account: 'acme-hubspot', act: 'narrow-scope', scopes: ['oauth'] }],
    },
    {
      id: 'writing',
      ...AGENTS,
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
      ...AGENTS,
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
    {
      id: 'plain',
      ...BROKERS,
      title: 'The consent covers reading, and writing is asked for: 403',
      broker: narrow(
        'crm',
        ['read'],
        [
          { method: 'GET', path: '/v1/items?call={call}' },
          { method: 'POST', path: '/v1/items', body: { name: 'from {call}' } },
        ],
      ),
    },
    {
      id: 'atlassian',
      ...BROKERS,
      title: 'Atlassian says 401 for a scope that is missing',
      broker: narrow(
        'atlassian',
        ['read:me', 'offline_access'],
        [
          { method: 'GET', path: '/me?call={call}' },
          { method: 'GET', path: '/ex/jira/site/rest/api/3/search/jql?jql=order%20by%20created&call={call}' },
        ],
      ),
    },
    {
      id: 'xero',
      ...BROKERS,
      title: 'Xero says 401 for a scope that is missing',
      broker: narrow(
        'xero',
        ['offline_access', 'accounting.contacts'],
        [
          { method: 'GET', path: '/connections?call={call}' },
          { method: 'GET', path: '/api.xro/2.0/Invoices?call={call}' },
        ],
      ),
    },
    {
      id: 'dropbox',
      ...BROKERS,
      title: 'Dropbox says 401 for a scope that is missing',
      broker: narrow(
        'dropbox',
        ['account_info.read'],
        [
          { method: 'POST', path: '/2/users/get_current_account' },
          { method: 'POST', path: '/2/files/list_folder', body: { path: '' } },
        ],
      ),
    },
  ],
} satisfies Scenario;
