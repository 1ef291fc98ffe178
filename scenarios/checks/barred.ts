// Refusals for an account, a scope, an installation or a policy: which they are in truth, and how a broker says so.

import type { Refusal } from '../../mocks/index.ts';

/** Truths that no other token of the same grant can heal. */
export const BARRED: ReadonlySet<string> = new Set([
  'scope-missing',
  'other-tenant',
  'other-resource',
  'denied-by-policy',
  'service-restricted',
  'ip-restricted',
  'session-policy',
  'api-disabled',
  'org-without-api',
] satisfies Refusal[]);

/** Codes that say "you may not", or "not as this account". */
export const SAYS_BARRED: ReadonlySet<string> = new Set(['PERMISSION_DENIED', 'WRONG_IDENTITY']);
/** Codes that say so only together with words that do. */
export const MAY_SAY_BARRED: ReadonlySet<string> = new Set(['NOT_FOUND', 'REAUTH_REQUIRED']);
/** Words by which a message leaves room for the true reason. */
export const WORDS_OF_ACCESS =
  /\b(permi\w+|scopes?|access\w*|allow\w*|installations?|tenants?|visible|shows?|shown|see|entitled|authori[sz]\w*|polic\w+|identity|to this account|another account)\b/i;
