// What is known of Xero beyond its answers to refusals.

import type { Service } from '../../service.ts';

const FAQ = 'developer.xero.com/faq/oauth2';

/** The facts, one by one. */
export const FACTS: Service['facts'] = [
  {
    about: 'access token lifetime',
    says: 'thirty minutes, stated as 1800',
    source: FAQ,
    sureness: 'documented',
  },
  {
    about: 'refresh token lifetime',
    says: 'one that nobody uses for sixty days is dead',
    source: FAQ,
    sureness: 'documented',
  },
  {
    about: 'rotation',
    says:
      'every refresh gives a new refresh token; who did not receive it may use the old one again for thirty minutes, ' +
      'as often as needed',
    source: `${FAQ}; Xero staff at community.xero.com/developer/discussion/127920775`,
    sureness: 'documented',
  },
  {
    about: 'reuse after the thirty minutes',
    says: 'is refused, and harms no other token',
    source: 'Xero documents nothing of a revoked family',
    sureness: 'assumed',
  },
  {
    about: 'words of expiry',
    says: 'the answer tells when the token expired, month first, in UTC: a client can learn its own clock from it',
    source: 'XeroAPI/xero-node#435',
    sureness: 'observed',
  },
  {
    about: 'organisations',
    says:
      'every call names one in the header Xero-tenant-id; one that is not connected, and a missing header, are ' +
      'answered alike',
    source: 'XeroAPI/xero-node#432, NangoHQ/nango#203',
    sureness: 'observed',
  },
  {
    about: 'disconnecting',
    says:
      'who disconnects the organisation leaves the tokens alive: refreshes succeed, calls are forbidden. In the mock ' +
      'the act of withdrawing the consent does that, and bars the list of connections too; DELETE of a connection ' +
      'leaves the list to read',
    source: 'developer.xero.com: managing connections; others report invalid_grant',
    sureness: 'assumed',
  },
  {
    about: 'revocation',
    says: 'revoking the refresh token ends the grant; an access token lives to its end',
    source: 'developer.xero.com/documentation/guides/oauth2/auth-flow for the refresh token',
    sureness: 'assumed',
  },
  {
    about: 'who may revoke',
    says: 'the client only, with its credentials; a revocation without them is refused like one with wrong ones',
    source: 'RFC 7009 section 2.1; that the words are the same is an inference',
    sureness: 'assumed',
  },
  {
    about: 'token requests',
    says: 'must be a form; the client stands in Basic, which is what Xero tells, or in the body, as its discovery document says',
    source:
      'identity.xero.com/.well-known/openid-configuration; DuendeArchive/IdentityServer4#1658 for the form',
    sureness: 'observed',
  },
  {
    about: 'id token',
    says: 'comes with every token answer of a grant with the scope openid, signed with RS256',
    source: 'the types of xero-node, and its use of openid-client',
    sureness: 'documented',
  },
  {
    about: 'authorization code lifetime',
    says: 'a code lives for five minutes',
    source: 'developer.xero.com/documentation/guides/oauth2/auth-flow, as quoted by integrators',
    sureness: 'observed',
  },
  {
    about: 'rate limits',
    says:
      'sixty calls a minute for each organisation, in windows that do not slide; also 5,000 a day and five at once, ' +
      'which the mock does not count',
    source: 'developer.xero.com/faq/limits',
    sureness: 'documented',
  },
  {
    about: 'formats',
    says: 'the accounting API answers XML to who does not ask for JSON; the mock answers JSON always',
    source: 'developer.xero.com/documentation/api/accounting/requests-and-responses',
    sureness: 'documented',
  },
];
