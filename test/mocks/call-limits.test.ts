// A limit that a config sets is the limit that the answers tell: how much is left, and when to come back.

import { describe, expect, test } from 'vitest';
import { neverExpiring } from '../../mocks/policy.ts';
import type { Service } from '../../mocks/service.ts';
import { cloudIdOf } from '../../mocks/services/atlassian/ids.ts';
import atlassian from '../../mocks/services/atlassian/index.ts';
import auth0 from '../../mocks/services/auth0/index.ts';
import discord from '../../mocks/services/discord/index.ts';
import microsoft from '../../mocks/services/microsoft/index.ts';
import okta from '../../mocks/services/okta/index.ts';
import { tenantIdOf } from '../../mocks/services/xero/ids.ts';
import xero from '../../mocks/services/xero/index.ts';
import zendesk from '../../mocks/services/zendesk/index.ts';
import zoom from '../../mocks/services/zoom/index.ts';
import { withPolicy } from '../../mocks/variant.ts';
import { visit } from './visit.ts';

interface Told {
  readonly service: Service;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The header that tells the calls that are left, where there is one. */
  readonly left?: string;
  readonly waits?: string;
}

const TOLD: readonly Told[] = [
  { service: microsoft, path: '/v1.0/me', waits: '600' },
  {
    service: xero,
    path: '/api.xro/2.0/Invoices',
    headers: { 'xero-tenant-id': tenantIdOf('acme') },
    left: 'x-minlimit-remaining',
    waits: '60',
  },
  { service: okta, path: '/api/v1/users', left: 'x-rate-limit-remaining' },
  { service: auth0, path: '/api/v2/users', left: 'x-ratelimit-remaining' },
  { service: zendesk, path: '/api/v2/tickets', left: 'x-rate-limit-remaining', waits: '60' },
  {
    service: atlassian,
    path: `/ex/jira/${cloudIdOf('acme')}/rest/api/3/myself`,
    left: 'x-ratelimit-remaining',
    waits: '1',
  },
  { service: zoom, path: '/v2/users/me/meetings', left: 'x-ratelimit-remaining' },
  { service: discord, path: '/api/v10/users/@me', left: 'x-ratelimit-remaining', waits: '1' },
];

describe.each(TOLD.map((told) => ({ ...told, name: told.service.id })))('$name', (told) => {
  const { service, path, headers = {}, left, waits } = told;
  const limited = withPolicy(service, { callsPerWindow: 2 });

  test('tells the limit that is set', () => {
    const { call } = visit(limited);
    const answers = [1, 2, 3].map(() => call(path, { headers }).answer);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    if (left !== undefined) expect(answers.map((answer) => answer.headers[left])).toEqual(['1', '0', '0']);
    expect(answers.map((answer) => answer.headers['retry-after'])).toEqual([undefined, undefined, waits]);
  });

  test('uses nothing up where there is no limit', () => {
    const { call } = visit({ ...limited, policy: neverExpiring(limited.policy, 86_400_000) });
    const answers = Array.from({ length: 70 }, () => call(path, { headers }).answer);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const [first] = answers;
    if (left !== undefined) expect(first?.headers[left]).toMatch(/^[1-9]\d*$/);
    for (const answer of answers) {
      expect(answer.headers['retry-after']).toBeUndefined();
      if (left !== undefined) expect(answer.headers[left]).toBe(first?.headers[left]);
    }
  });
});
