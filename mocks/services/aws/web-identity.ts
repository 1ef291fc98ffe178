// Roles for a token of somebody else's: no signature, a JWT of an identity provider that the role trusts.

import { isSignedWith, readJwt } from '../../jwt.ts';
import type { Doubt } from '../../proof.ts';
import type { Randomness } from '../../randomness.ts';
import { rsaPrivateKey } from '../../rsa-key.ts';
import type { Call, Handled, Route, Variant } from '../../service.ts';
import { issueForRole, roleOf } from './issue-session.ts';
import { fieldsOf, isAction } from './protocol.ts';
import { roleRequestRefusal, type SessionLimits, STS_BUCKET } from './session-limits.ts';

const AUDIENCE = 'sts.amazonaws.com';

/** The key with which the identity provider signs; the only one that is registered. */
const providerKey = (randomness: Randomness): string => rsaPrivateKey(randomness, 'aws web identity');

/** The route. */
export const webIdentityRoute = (limits: SessionLimits): Route => ({
  id: 'sts.AssumeRoleWithWebIdentity',
  method: 'POST',
  path: '/',
  auth: 'none',
  needsOneOf: [],
  effect: 'write',
  when: isAction('AssumeRoleWithWebIdentity'),
  issuesFor: (request) => fieldsOf(request).RoleArn ?? null,
  handle: (call) => assumeRole(call, limits),
});

function assumeRole(call: Call, limits: SessionLimits): Handled {
  const fields = fieldsOf(call.request);
  const { WebIdentityToken: token = '' } = fields;
  const role = roleOf(call, fields);
  // Nobody signed it: whose role is asked for pays the call.
  if (role !== null && !call.spend(STS_BUCKET, 1, role.tenant).isPaid) return { refused: 'rate-limited' };
  const wrong = roleRequestRefusal(fields, limits, false) ?? tokenRefusal(call, token);
  if (wrong !== null) return wrong;
  if (role === null) return { refused: 'not-found' };
  const { iss, sub, aud } = readJwt(token) ?? {};
  return issueForRole(call, 'AssumeRoleWithWebIdentity', role, fields, limits, {
    SubjectFromWebIdentityToken: String(sub ?? iss),
    Audience: String(aud ?? AUDIENCE),
    Provider: String(iss),
  });
}

function tokenRefusal({ tokens, randomness, nowMs }: Call, token: string): Doubt | null {
  const claims = readJwt(token);
  if (claims === null)
    return { refused: 'unknown-token', detail: 'The ID Token provided is not a valid JWT.' };
  const { iss, aud, exp, iat } = claims;
  const provider = tokens.client(String(iss));
  if (provider === null || provider.deleted) {
    const words = `No OpenIDConnect provider found in your account for ${iss}`;
    return { refused: provider === null ? 'unknown-client' : 'client-deleted', detail: words };
  }
  const key = providerKey(randomness);
  // A rotated secret is a key that was replaced by one that nobody here holds.
  if (provider.secret !== key || !isSignedWith(token, key)) {
    const words =
      "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements";
    return { refused: 'wrong-secret', detail: words };
  }
  if (aud !== undefined && aud !== AUDIENCE && !(Array.isArray(aud) && aud.includes(AUDIENCE))) {
    return { refused: 'unknown-token', detail: 'Incorrect token audience' };
  }
  if (typeof iat === 'number' && iat > nowMs / 1000) return { refused: 'assertion-from-future' };
  return typeof exp === 'number' && exp > nowMs / 1000 ? null : { refused: 'assertion-expired' };
}

/** The variant. The account's client is the provider: its id is the issuer, its secret the key to sign with. */
export const webIdentity: Variant = {
  title: 'roles for a JWT that the client signs as an identity provider; no IAM user, no key that lasts',
  status: 'real',
  source: 'docs.aws.amazon.com: STS API reference, AssumeRoleWithWebIdentity',
  apply: (service) => ({
    ...service,
    clientId: (randomness) =>
      `https://oidc.eks.us-east-1.amazonaws.com/id/${randomness.hex(32, 'issuer').toUpperCase()}`,
    clientSecret: providerKey,
    // The token of a container is the client's secret, which is no secret key here.
    routes: service.routes.filter(({ id }) => id !== 'container.credentials'),
    wire: service.wire.filter(({ routes = [] }) => !routes.includes('container.credentials')),
  }),
};
