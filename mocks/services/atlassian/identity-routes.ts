// Who the user is, and which sites a grant opens: where every integration begins.

import { json } from '../../http.ts';
import type { Call, Route } from '../../service.ts';
import { userIdOf } from './ids.ts';
import { jira, onSite } from './site.ts';

/** The routes. */
export const IDENTITY_ROUTES: readonly Route[] = [
  {
    id: 'accessible-resources',
    method: 'GET',
    path: '/oauth/token/accessible-resources',
    needsOneOf: [],
    effect: 'read',
    handle: (call) => ({ answer: json(200, sitesShown(call)) }),
  },
  {
    id: 'me',
    method: 'GET',
    path: '/me',
    needsOneOf: ['read:me'],
    effect: 'read',
    handle: ({ account }) => ({
      answer: json(200, {
        account_id: userIdOf(account),
        account_type: 'atlassian',
        account_status: 'active',
        email: emailOf(account),
        name: account.id,
        nickname: account.id,
      }),
    }),
  },
  {
    id: 'jira.myself',
    method: 'GET',
    path: jira('/myself'),
    needsOneOf: ['read:jira-user'],
    effect: 'read',
    handle: onSite((call) => ({
      answer: json(200, {
        self: `${call.origin}${call.request.path}`,
        accountId: userIdOf(call.account),
        accountType: 'atlassian',
        emailAddress: emailOf(call.account),
        displayName: call.account.id,
        active: true,
        timeZone: 'Etc/UTC',
      }),
    })),
  },
];

// A site is told with the scopes that the grant has there; offline_access is no scope of a site.
function sitesShown({ data, scopes }: Call) {
  const there = scopes.filter((scope) => scope !== 'offline_access' && scope !== 'read:me');
  return data('sites')
    .list()
    .map((site) => ({ ...site, scopes: there }));
}

const emailOf = ({ id, tenant }: Call['account']) => `${id}@${tenant}.example`;
