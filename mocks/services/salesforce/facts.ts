// What is known of Salesforce beyond its answers to refusals: the knobs, and the trouble that only faults bring.

import type { Service } from '../../service.ts';

/** The facts, one by one. */
export const FACTS: Service['facts'] = [
  {
    about: 'session lifetime',
    says: 'an administrator sets 15 minutes to 24 hours, two hours by default; activity extends it',
    source: 'help.salesforce.com: session settings; SOAP API developer guide',
    sureness: 'documented',
  },
  {
    about: 'activity',
    says: 'counts only once half of the session timeout has passed since the last time it counted',
    source: 'help.salesforce.com: session settings',
    sureness: 'documented',
  },
  {
    about: 'stated lifetime',
    says: 'token answers carry issued_at as a string of milliseconds, and no expires_in',
    source: 'help.salesforce.com: OAuth 2.0 refresh token flow',
    sureness: 'documented',
  },
  {
    about: 'refresh token',
    says: 'lives until it is revoked, by default; an administrator may set an expiry or an idle window',
    source: 'help.salesforce.com: OAuth access policies of a connected app',
    sureness: 'documented',
  },
  {
    about: 'approvals',
    says: 'five for each user and app; the sixth silently revokes the oldest',
    source: 'docs.oracle.com: Salesforce adapter; reports in jsforce and elsewhere',
    sureness: 'documented',
  },
  {
    about: 'rotation',
    says:
      'a setting of the app, mandatory since 2026-05-11 for apps in more than two production orgs; the return ' +
      'of a used token revokes the refresh token and every access token of it',
    source: 'help.salesforce.com 005316711',
    sureness: 'documented',
  },
  {
    about: 'JWT bearer flow',
    says:
      'an app with a certificate asks for a session of a user with an assertion that lives for three minutes at most, ' +
      'without a refresh token; a variant of the mock does, in which every user has approved the app in advance',
    source: 'help.salesforce.com: OAuth 2.0 JWT bearer flow',
    sureness: 'documented',
  },
  {
    about: 'revocation',
    says: 'revoking a refresh token ends its access tokens too; revoking an access token ends that one',
    source: 'help.salesforce.com: revoke OAuth tokens',
    sureness: 'documented',
  },
  {
    about: 'authorization code lifetime',
    says: 'a code lives for fifteen minutes',
    source: 'help.salesforce.com: OAuth 2.0 web server flow',
    sureness: 'assumed',
  },
  {
    about: 'login hours and activation',
    says: 'a refresh outside of login hours is refused as invalid_grant "invalid login hours"; also "activation secret invalid", and inactive_user as the error of a user who is gone',
    source: 'help.salesforce.com: OAuth 2.0 authorization errors; restforce#826',
    sureness: 'assumed',
  },
  {
    about: "another org's instance",
    says: '401 INVALID_SESSION_ID, as for a session that nobody has: each org has a host of its own, told as instance_url',
    source: 'error lists of third-party integrations; some are redirected',
    sureness: 'assumed',
  },
  {
    about: 'an app that is not attached to an agent',
    says: '401 with "Connected app is not attached to Agent"',
    source: '@jsforce/jsforce-node 3.10.16',
    sureness: 'observed',
  },
  {
    about: 'daily limit',
    says:
      '403 REQUEST_LIMIT_EXCEEDED "TotalRequests Limit exceeded."; Sforce-Limit-Info tells the use so far; an org has ' +
      'as many calls as its edition and licenses bring, here 15,000 in a day that begins with the first call',
    source: 'SOAP API developer guide: exception codes; the text is not confirmed',
    sureness: 'documented',
  },
  {
    about: 'limit of the token endpoint',
    says: '400 with error rate_limit_exceeded or "login rate exceeded"; 3600 logins an hour and user',
    source: 'error lists of third-party integrations',
    sureness: 'assumed',
  },
  {
    about: 'outage',
    says: '503 at the token endpoint, whose body may even hold invalid_grant',
    source: 'error lists of third-party integrations',
    sureness: 'assumed',
  },
];
