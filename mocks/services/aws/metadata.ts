// Where machines and containers find the credentials of their role: the instance metadata service and the container endpoint.

import { type JsonObject, json, type Request } from '../../http.ts';
import type { Doubt } from '../../proof.ts';
import type { AccountIdentity, Call, Handled, Route } from '../../service.ts';
import { type Credentials, credentialsIn, credentialsOf, documentOf } from './credentials.ts';
import { roleArnOf, userKeyId } from './ids.ts';
import { instantOf } from './issue-session.ts';
import { keepSession } from './sessions.ts';

const SESSION_TTL_MS = 6 * 3_600_000;
const RENEW_BEFORE_MS = 5 * 60_000;
const MOST_TTL_SECONDS = 21_600;
const SESSION_NAME = 'i-0123456789abcdef0';
const SERVED = 'served-credentials';
const ROLES = '/latest/meta-data/iam/security-credentials';
const OPEN = { auth: 'none', needsOneOf: [], effect: 'read' } as const;
const TOKEN_HEADER = 'x-aws-ec2-metadata-token';
const TEXT = { 'content-type': 'text/plain' };

/** The paths of the two endpoints that hand out credentials. */
export const CREDENTIAL_PATHS = { instance: `${ROLES}/{role}`, container: '/v2/credentials/{role}' } as const;

/** How the endpoints are set up. */
export interface MetadataSetup {
  /** Whether the last credentials are handed out for ever, as in an outage. */
  readonly stale: boolean;
  /** Whether the instance metadata answers without a token, as version 1 does. */
  readonly version1: boolean;
}

/** The routes. */
export function metadataRoutes({ stale, version1 }: MetadataSetup): readonly Route[] {
  const withToken = version1 ? withAnyToken : withOwnToken;
  const issuesFor = (_request: Request, { role }: Readonly<Record<string, string>>) => role ?? null;
  const listing = { method: 'GET', ...OPEN, handle: (call: Call) => withToken(call, listRoles) };
  return [
    {
      id: 'imds.credentials',
      method: 'GET',
      path: CREDENTIAL_PATHS.instance,
      ...OPEN,
      issuesFor,
      handle: (call) => withToken(call, () => instanceCredentials(call, stale)),
    },
    { id: 'imds.token', method: 'PUT', path: '/latest/api/token', ...OPEN, handle: giveToken },
    { id: 'imds.roles', path: `${ROLES}/`, ...listing },
    { id: 'imds.roles.unslashed', path: ROLES, ...listing },
    {
      id: 'container.credentials',
      method: 'GET',
      path: CREDENTIAL_PATHS.container,
      ...OPEN,
      issuesFor,
      handle: (call) => containerCredentials(call, stale),
    },
  ];
}

// A metadata token says itself until when it is good, and carries the proof that this mock made it.
function giveToken(call: Call): Handled {
  const { headers } = call.request;
  if (headers['x-forwarded-for'] !== undefined) return { refused: 'ip-restricted' };
  const asked = headers['x-aws-ec2-metadata-token-ttl-seconds'] ?? '';
  const seconds = Number(asked);
  if (!/^\d+$/.test(asked) || seconds < 1 || seconds > MOST_TTL_SECONDS) return { refused: 'bad-request' };
  const untilMs = call.nowMs + seconds * 1000;
  const ttl = { 'x-aws-ec2-metadata-token-ttl-seconds': asked };
  return { answer: { status: 200, headers: { ...TEXT, ...ttl }, body: metadataToken(call, untilMs) } };
}

const metadataToken = ({ randomness }: Pick<Call, 'randomness'>, untilMs: number) =>
  `AQAEA${randomness.chars(40, 'metadata token', untilMs)}${untilMs.toString(36)}==`;

type Then = (call: Call) => Handled;

const withAnyToken = (call: Call, handle: Then): Handled =>
  call.request.headers[TOKEN_HEADER] === undefined ? handle(call) : withOwnToken(call, handle);

function withOwnToken(call: Call, handle: Then): Handled {
  const token = call.request.headers[TOKEN_HEADER];
  if (token === undefined) return { refused: 'no-token' };
  const untilMs = Number.parseInt(/^AQAEA.{40}([0-9a-z]+)==$/.exec(token)?.[1] ?? '', 36);
  if (Number.isNaN(untilMs) || token !== metadataToken(call, untilMs)) return { refused: 'unknown-token' };
  return call.nowMs < untilMs ? handle(call) : { refused: 'expired' };
}

// A machine has one role: that of the account that was connected first. Those of others answer to their names.
function listRoles({ tokens }: Call): Handled {
  const [account] = tokens.accounts();
  if (account === undefined) return { refused: 'not-found' };
  return { answer: { status: 200, headers: TEXT, body: account.id } };
}

function instanceCredentials(call: Call, stale: boolean): Handled {
  return withCredentials(call, stale, (session) => ({
    Code: 'Success',
    LastUpdated: instantOf(session.sinceMs),
    Type: 'AWS-HMAC',
    AccessKeyId: session.accessKeyId,
    SecretAccessKey: session.secretAccessKey,
    Token: session.sessionToken,
    Expiration: instantOf(session.untilMs),
  }));
}

function containerCredentials(call: Call, stale: boolean): Handled {
  return (
    containerRefusal(call) ??
    withCredentials(call, stale, (session, account) => ({
      RoleArn: roleArnOf(account),
      AccessKeyId: session.accessKeyId,
      SecretAccessKey: session.secretAccessKey,
      Token: session.sessionToken,
      Expiration: instantOf(session.untilMs),
    }))
  );
}

// The client's secret is what containers are given as AWS_CONTAINER_AUTHORIZATION_TOKEN.
function containerRefusal({ request, tokens, randomness }: Call): Doubt | null {
  const token = request.headers.authorization;
  if (token === undefined) return { refused: 'no-token' };
  const client = tokens.client(userKeyId(randomness));
  return client === null || client.deleted || client.secret !== token ? { refused: 'unknown-token' } : null;
}

interface Served extends Credentials {
  readonly sinceMs: number;
  readonly untilMs: number | null;
}

function withCredentials(
  call: Call,
  stale: boolean,
  shown: (session: Served, account: AccountIdentity) => JsonObject,
): Handled {
  const account = call.tokens.accounts().find(({ id }) => id === call.params.role);
  if (account === undefined) return { refused: 'not-found' };
  const session = served(call, account, stale) ?? renewed(call, account);
  return 'refused' in session ? session : { answer: json(200, shown(session, account)), account };
}

// The session that was handed out last, as long as there is enough of it left.
function served({ data, tokens, nowMs }: Call, account: AccountIdentity, stale: boolean): Served | null {
  const keyId = data(SERVED).get(account.id)?.accessKeyId;
  if (typeof keyId !== 'string') return null;
  const view = tokens.find(documentOf(keyId));
  if (view === null) return null;
  const { issuedAtMs: sinceMs, expiresAtMs: untilMs } = view;
  const isFresh = untilMs === null || untilMs - nowMs > RENEW_BEFORE_MS;
  return isFresh || stale ? { ...credentialsOf(keyId), sinceMs, untilMs } : null;
}

function renewed(call: Call, account: AccountIdentity): Served | Doubt {
  const issued = call.tokens.issue(account, null, SESSION_TTL_MS);
  if ('refused' in issued) return issued;
  const { value, token } = issued.access;
  const credentials = credentialsIn(value);
  call.data(SERVED).put(account.id, { id: account.id, accessKeyId: credentials.accessKeyId });
  keepSession(call, { id: credentials.accessKeyId, kind: 'role', name: SESSION_NAME });
  return { ...credentials, sinceMs: token.issuedAtMs, untilMs: token.expiresAtMs };
}
