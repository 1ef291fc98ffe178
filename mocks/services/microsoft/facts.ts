// What is known of Entra and Graph beyond their answers to refusals.

import type { Service } from '../../service.ts';

const REFRESH_TOKENS = 'learn.microsoft.com/entra/identity-platform/refresh-tokens';

/** The facts, one by one. */
export const FACTS: Service['facts'] = [
  {
    about: 'access token lifetime',
    says: 'between 60 and 90 minutes, drawn anew for each token; 28 hours at most under continuous evaluation',
    source: 'learn.microsoft.com/entra/identity-platform/app-resilience-continuous-access-evaluation',
    sureness: 'documented',
  },
  {
    about: 'token requests',
    says: 'must be a form: of a JSON body no parameter is read',
    source: 'microsoftgraph/microsoft-graph-docs#20272',
    sureness: 'observed',
  },
  {
    about: 'refresh token lifetime',
    says: 'ninety days without use; the tokens of a single page app all end 24 hours after the sign-in',
    source: REFRESH_TOKENS,
    sureness: 'documented',
  },
  {
    about: 'rotation',
    says: 'every use brings a new refresh token, and the old one is not revoked: racers all succeed',
    source: REFRESH_TOKENS,
    sureness: 'documented',
  },
  {
    about: 'resources',
    says: 'a refresh token belongs to user and client; it brings tokens for any resource, each for one of them',
    source: REFRESH_TOKENS,
    sureness: 'documented',
  },
  {
    about: 'scopes of a token',
    says: 'a token carries all that was granted for its resource, also where less was asked for',
    source: 'common experience with the endpoint, in no document',
    sureness: 'assumed',
  },
  {
    about: 'password',
    says: 'a new password ends the tokens of public clients; those of confidential clients live on',
    source: `${REFRESH_TOKENS}: the revocation matrix`,
    sureness: 'documented',
  },
  {
    about: 'revocation',
    says: 'there is no RFC 7009 endpoint; revokeSignInSessions in Graph ends all refresh tokens of a user, of any sign-in',
    source: 'learn.microsoft.com/answers: question 1158831',
    sureness: 'documented',
  },
  {
    about: 'propagation of a revocation',
    says: 'access tokens are honoured to their end; under continuous evaluation they are refused within 15 minutes',
    source: 'learn.microsoft.com/entra/identity/conditional-access/concept-continuous-access-evaluation',
    sureness: 'documented',
  },
  {
    about: 'claims challenge',
    says: 'only clients that advertised cp1 in a token request are challenged; an IP policy takes effect at once',
    source: 'learn.microsoft.com/entra/identity-platform/claims-challenge',
    sureness: 'documented',
  },
  {
    about: 'client assertions',
    says:
      'an app may show who it is by a secret or by an assertion that a certificate of it signed; the app of the mock ' +
      'has a secret only, so that an assertion is refused as signed by a certificate that is not registered',
    source:
      'learn.microsoft.com/entra/identity-platform/reference-error-codes: 700027; the full text is not confirmed',
    sureness: 'documented',
  },
  {
    about: 'what to branch on',
    says: 'error and suberror; the AADSTS numbers and texts may change',
    source: 'learn.microsoft.com/entra/identity-platform/reference-error-codes',
    sureness: 'documented',
  },
  {
    about: 'further codes',
    says:
      'the person must sign in again: AADSTS50132 and AADSTS50133 (the session is no longer valid), AADSTS50078 (the ' +
      'second factor is too old), AADSTS50079 (one must be registered), AADSTS50158 (an outer challenge is not ' +
      'satisfied). Later is better: AADSTS90055 (the tenant is throttled), AADSTS90033, AADSTS90024 and AADSTS50033 ' +
      '(passing trouble). Of a device: AADSTS70016 (not confirmed yet), AADSTS70019 (the code has expired)',
    source: 'learn.microsoft.com/entra/identity-platform/reference-error-codes; the mock does not say them',
    sureness: 'documented',
  },
  {
    about: 'older words of Graph',
    says:
      '"CompactToken validation failed with reason code: 80049228." under InvalidAuthenticationToken: an expired token, ' +
      'which only the text tells from a garbled one',
    source: 'answers quoted in public issue threads',
    sureness: 'observed',
  },
  {
    about: 'client request loop',
    says: 'the same token request too often in a short time is refused; how often is not told, here 20 in 5 minutes',
    source: 'pnp/powershell#2995: at about the twentieth request, for about two minutes',
    sureness: 'assumed',
  },
  {
    about: 'throttling',
    says: 'Graph refuses a mailbox beyond 10,000 calls of an app in ten minutes, with Retry-After',
    source: 'learn.microsoft.com/graph/throttling-limits',
    sureness: 'documented',
  },
  {
    about: 'success',
    says: 'expires_in is a number; ext_expires_in beside it; refresh_token only with offline_access, id_token with openid',
    source: 'learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow',
    sureness: 'documented',
  },
  {
    about: 'scope told',
    says: 'the scopes of Graph by their short names, or in full where the request named them in full',
    source:
      'AzureAD/microsoft-authentication-library-for-python#450; v2-oauth2-auth-code-flow for the full names',
    sureness: 'observed',
  },
  {
    about: 'authorization code lifetime',
    says: 'a code lives for about ten minutes',
    source: 'learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow',
    sureness: 'documented',
  },
];
