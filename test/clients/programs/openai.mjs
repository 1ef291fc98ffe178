// openai, with a workload identity: it exchanges a token of the workload's issuer, and again before what it got ends.

import { createSign } from 'node:crypto';
import OpenAI from 'openai';
import { accountAt, story } from './story.mjs';

const { clientId, clientSecret, installation } = accountAt('openai');

const base64url = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** What the workload's own issuer gives. */
async function getToken() {
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: clientId, sub: 'nightly', iat: now, exp: now + 300 };
  const text = `${base64url({ alg: 'RS256', typ: 'JWT' })}.${base64url(claims)}`;
  return `${text}.${createSign('RSA-SHA256').update(text).sign(clientSecret, 'base64url')}`;
}

const client = new OpenAI({
  workloadIdentity: {
    ...{ clientId, identityProviderId: 'idp_1', serviceAccountId: installation },
    provider: { tokenType: 'jwt', getToken },
  },
});

await story({
  call: async () => {
    const { data } = await client.models.list();
    return `${data.length} models`;
  },
  scope: () => client.vectorStores.create({ name: 'x' }),
});
