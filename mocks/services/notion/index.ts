// `notion`: tokens without a stated end, refresh tokens that are replaced, and pages that must be shared to be seen.

import { json } from '../../http.ts';
import type { Granted, Service, Variant } from '../../service.ts';
import { success } from './answers.ts';
import { BLOCK_ROUTES } from './blocks.ts';
import { FACTS } from './facts.ts';
import { versioned } from './guard.ts';
import { INTROSPECT, ownerOf, USER_ROUTES } from './identity.ts';
import { CALLS_PER_MINUTE, MINUTE_WINDOW_MS, RATE_LIMITED } from './limits.ts';
import { PAGE_ROUTES } from './pages.ts';
import { WIRE } from './wire.ts';
import { botIdOf, seed, workspaceIdOf } from './workspace.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

function tokenAnswer(granted: Granted) {
  const { access, refresh, account } = granted;
  return success(granted, {
    access_token: access.value,
    token_type: 'bearer',
    refresh_token: refresh?.value ?? null,
    bot_id: botIdOf(account.tenant),
    workspace_id: workspaceIdOf(account.tenant),
    workspace_name: account.tenant,
    workspace_icon: null,
    owner: ownerOf(account),
    duplicated_template_id: null,
  });
}

const noRefresh: Variant = {
  title: 'there is no refresh token, and the access token lives until it is revoked',
  status: 'real',
  source: 'older documentation, and guides that still follow it',
  apply: (service) => ({
    ...service,
    policy: { ...service.policy, refresh: { kind: 'none' } },
    // Without a refresh token nobody can ask for too much with one.
    wire: service.wire.filter(({ id }) => id !== 'scope-exceeds'),
  }),
};

const unstatedHour: Variant = {
  title: 'access tokens end after an hour, and no answer says so',
  status: 'claimed',
  source: 'guides that refresh the token "when it expires"; Notion documents no end',
  apply: (service) => ({
    ...service,
    policy: { ...service.policy, access: { kind: 'fixed', ttlMs: HOUR_MS } },
  }),
};

const notion: Service = {
  id: 'notion',
  title: 'Notion: OAuth, pages and databases',
  hosts: ['api.notion.com'],
  policy: {
    access: { kind: 'never' },
    refresh: { kind: 'unlimited' },
    rotation: 'every-use',
    graceMs: 0,
    reuse: 'refused',
    oldAccess: 'lives-on',
    revocation: { ofRefresh: 'refresh-token-only', ofAccess: 'access-token-only' },
    grantsPerAccount: null,
    codeTtlMs: 10 * MINUTE_MS,
    callsPerWindow: CALLS_PER_MINUTE,
  },
  facts: FACTS,
  scopes: ['read_content', 'insert_content', 'update_content'],
  endpoints: {
    token: ['/v1/oauth/token'],
    revoke: ['/v1/oauth/revoke'],
    authorize: ['/v1/oauth/authorize'],
  },
  tokenRequest: { encoding: 'json', clientAuth: ['basic'], insistsOn: ['clientAuth'] },
  statesLifetime: false,
  earnsRefreshToken: () => true,
  reauthQuery: { owner: 'user' },
  mintAccess: (randomness, key) => `ntn_${randomness.chars(46, 'token', key)}`,
  mintRefresh: (randomness, key) => `nrt_${randomness.chars(46, 'token', key)}`,
  tokenAnswer,
  revocationNeedsClient: true,
  revokeAnswer: () => json(200, {}),
  wire: [...WIRE, RATE_LIMITED],
  routes: [...[...USER_ROUTES, ...PAGE_ROUTES, ...BLOCK_ROUTES].map(versioned), INTROSPECT],
  usageWindowMs: MINUTE_WINDOW_MS,
  seed,
  variants: { 'no-refresh': noRefresh, 'unstated-hour': unstatedHour },
};

export default notion;
