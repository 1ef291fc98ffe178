// What services tell by webhook when a grant ends. A message counts by its signature alone, and names a user or the beginning
// of a refresh token, not an account.

import { createHmac, createPublicKey, timingSafeEqual, verify } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Account } from './account.ts';
import { send } from './request.ts';

/** A message as it came: the signature is over these very bytes. */
export interface Message {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What tells that a message is from the service, and for us: the secret that is shared with it, or the keys that it publishes. */
export interface Trust extends Pick<Account, 'apiUrl' | 'clientId'> {
  readonly secret: string;
}

/** How one service tells that a grant has ended. */
interface Teller {
  /** Whether the service has said this. */
  isSigned(message: Message, trust: Trust): Promise<boolean>;
  /** Whose grants have ended; none where the message tells of something else. */
  ended(message: Message): readonly string[];
  /** How the refresh tokens begin that have ended, where a message may name tokens. */
  endedTokens?(message: Message): readonly string[];
  /** Where an account learns who it is there, and how the answer says it: as `ended` does. */
  readonly who: {
    readonly path: string;
    /** Without it the service does not say. */
    readonly scope?: string;
    name(answer: Fields): string;
  };
}

type Fields = Readonly<Record<string, unknown>>;

/** An older message was sent again by somebody who had listened. */
const FRESH_MS = 5 * 60_000;
const ENDING = /(tokens?-revoked|account-disabled|account-credential-change-required)$/;

/** The services that tell; the others are silent, and the end of their grants shows at the next refresh. */
export const TELLERS: Readonly<Record<string, Teller>> = {
  github: {
    isSigned: async ({ headers, body }, { secret }) =>
      isSame(headers['x-hub-signature-256'], `sha256=${hmac(secret, body)}`),
    ended: ({ headers, body }) => {
      const { action, sender } = fieldsOf(body);
      const isEnd = headers['x-github-event'] === 'github_app_authorization' && action === 'revoked';
      return isEnd ? [String((sender as Fields).id)] : [];
    },
    who: { path: '/user', name: ({ id }) => String(id) },
  },
  slack: {
    isSigned: async ({ headers, body }, { secret }) => {
      const stamp = String(headers['x-slack-request-timestamp']);
      const isFresh = Math.abs(Date.now() - Number(stamp) * 1000) <= FRESH_MS;
      return isFresh && isSame(headers['x-slack-signature'], `v0=${hmac(secret, `v0:${stamp}:${body}`)}`);
    },
    ended: ({ body }) => {
      const { team_id: team, event } = fieldsOf(body) as { team_id: string; event?: Fields };
      const tokens = event?.type === 'tokens_revoked' ? (event.tokens as Record<string, string[]>) : {};
      return Object.values(tokens).flatMap((users) => users.map((user) => `${team} ${user}`));
    },
    who: { path: '/api/auth.test', name: ({ team_id, user_id }) => `${team_id} ${user_id}` },
  },
  google: {
    isSigned: ({ body }, trust) => isSignedToken(body, trust),
    ended: ({ body }) => subjectsIn(body).flatMap(({ sub }) => (sub === undefined ? [] : [String(sub)])),
    // By a hash in place of the beginning, too, says Google; whoever needs that keeps the hash beside each token.
    endedTokens: ({ body }) =>
      subjectsIn(body).flatMap(({ token_identifier_alg: by, token }) =>
        by === 'prefix' && typeof token === 'string' && token !== '' ? [token] : [],
      ),
    who: { path: '/oauth2/v3/userinfo', scope: 'openid', name: ({ sub }) => String(sub) },
  },
};

/** Who an account is at its service; null where that tells nothing by webhook, or could not be asked. */
export async function whoIs({
  service,
  apiUrl,
  authorization,
  accessToken,
  scopes,
}: Account): Promise<string | null> {
  const who = TELLERS[service]?.who;
  if (who === undefined || (who.scope !== undefined && !scopes.includes(who.scope))) return null;
  const headers = { authorization: authorization.replace('{token}', accessToken) };
  const answer = await send(`${apiUrl}${who.path}`, { method: 'GET', headers });
  return answer?.status === 200 ? who.name(answer.body as Fields) : null;
}

// A security event token (RFC 8417), signed with one of the keys that the service publishes.
async function isSignedToken(token: string, { apiUrl, clientId }: Trust): Promise<boolean> {
  const [head = '', claims = '', signature = ''] = token.split('.');
  const { kid, alg, typ } = fieldsOf(decoded(head));
  if (alg !== 'RS256' || typ !== 'secevent+jwt') return false;
  const { issuer, jwks_uri } = await published(`${apiUrl}/.well-known/risc-configuration`);
  const { keys = [] } = (await published(String(jwks_uri))) as { keys?: readonly Fields[] };
  const key = keys.find((each) => each.kid === kid);
  const { iss, aud } = fieldsOf(decoded(claims));
  if (key === undefined || iss !== issuer || aud !== clientId) return false;
  const signed = Buffer.from(`${head}.${claims}`);
  const publicKey = createPublicKey({ key, format: 'jwk' });
  return verify('RSA-SHA256', signed, publicKey, Buffer.from(signature, 'base64url'));
}

async function published(url: string): Promise<Fields> {
  const answer = await send(url, { method: 'GET', headers: { accept: 'application/json' } });
  return answer?.status === 200 ? (answer.body as Fields) : {};
}

// Whom or what the events of a security event token are about that end a grant.
function subjectsIn(token: string): readonly Fields[] {
  const { events = {} } = fieldsOf(decoded(token.split('.')[1])) as { events?: Record<string, Fields> };
  return Object.entries(events).flatMap(([event, { subject }]) =>
    ENDING.test(event) ? [subject as Fields] : [],
  );
}

const hmac = (secret: string, text: string) => createHmac('sha256', secret).update(text).digest('hex');
const decoded = (part = '') => Buffer.from(part, 'base64url').toString();

// In a time that does not tell how much of it was right.
function isSame(given: unknown, wanted: string): boolean {
  const [one, other] = [Buffer.from(String(given)), Buffer.from(wanted)];
  return one.length === other.length && timingSafeEqual(one, other);
}

function fieldsOf(text: string): Fields {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Fields) : {};
  } catch {
    return {};
  }
}
