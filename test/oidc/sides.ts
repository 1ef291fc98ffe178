// Two authorization servers behind one small door: our `plain`, and oidc-provider set up by the same rules.

import { startHost } from '../../harness/oidc/host.ts';
import { truthOf } from '../../harness/oidc/truth.ts';
import { isJsonObject, parseJsonObject } from '../../mocks/http.ts';
import type { Policy, Service } from '../../mocks/index.ts';
import {
  createProvider,
  type Json,
  type JsonObject,
  type Request,
  seededRandomness,
} from '../../mocks/index.ts';
import { rsaPrivateKey } from '../../mocks/rsa-key.ts';
import plain from '../../mocks/services/plain/index.ts';

/** The rules of both: every use rotates, reuse ends the family, a revoked token takes its grant along. */
export const POLICY: Policy = {
  ...plain.policy,
  access: { kind: 'fixed', ttlMs: 3_600_000 },
  refresh: { kind: 'idle', windowMs: 30 * 86_400_000 },
  rotation: 'every-use',
  graceMs: 0,
  reuse: 'family-revoked',
  oldAccess: 'lives-on',
  revocation: { ofRefresh: 'grant', ofAccess: 'grant' },
};

export const SCOPES = ['openid', 'offline_access', 'read', 'write'];

/** Who asks: the client of the grant, another one, that client with another secret, or nobody in particular. */
export type Asker = 'own' | 'foreign' | 'wrong-secret' | 'nobody';

/** What came back, as far as the two can be compared. */
export interface Said {
  readonly status: number;
  readonly body: JsonObject;
  /** Why it was refused, whatever the answer says. */
  readonly truth: string;
}

/** A pair of tokens. */
export interface Pair {
  readonly access: string;
  readonly refresh: string;
}

/** One of the two. */
export interface Side {
  /** A new family for somebody whom nobody has met before. */
  grant(family: string, atMs: number): Pair;
  post(endpoint: 'token' | 'revoke' | 'introspect', by: Asker, form: Form, atMs: number): Promise<Said>;
  /** A call that needs a token and the scope `openid`. */
  call(token: string | null, atMs: number): Promise<Said>;
  close(): Promise<void>;
}

export type Form = Readonly<Record<string, string>>;

const ORIGIN = 'http://oidc.example';
const SECRETS = {
  own: 'own-secret-of-more-than-32-characters',
  foreign: 'foreign-secret-of-more-than-32-chars',
};

function requestOf(path: string, by: Asker, form: Form): Request {
  const client = by === 'foreign' ? 'foreign' : 'own';
  const secret = by === 'wrong-secret' ? 'some-other-secret' : SECRETS[client];
  const basic = `Basic ${Buffer.from(`${client}:${secret}`).toString('base64')}`;
  return {
    method: 'POST',
    host: 'oidc.example',
    path,
    query: {},
    headers: {
      host: 'oidc.example',
      'content-type': 'application/x-www-form-urlencoded',
      ...(by === 'nobody' ? {} : { authorization: basic }),
    },
    body: new URLSearchParams(form).toString(),
  };
}

const callOf = (path: string, token: string | null): Request => ({
  method: 'GET',
  host: 'oidc.example',
  path,
  query: {},
  headers: { host: 'oidc.example', ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
  body: '',
});

const saidOf = ({ status, body }: { readonly status: number; readonly body: Json }, truth: string): Said => ({
  status,
  truth,
  body: isJsonObject(body) ? body : typeof body === 'string' ? (parseJsonObject(body) ?? {}) : {},
});

/** Our own. */
export function ours(): Side {
  const service: Service = {
    ...plain,
    policy: POLICY,
    scopes: SCOPES,
    clientId: () => 'own',
    clientSecret: () => SECRETS.own,
  };
  const provider = createProvider(service, { origin: ORIGIN, randomness: seededRandomness(1) });
  provider.authority.addClient({ id: 'foreign', secret: SECRETS.foreign, deleted: false });
  const paths = { token: '/oauth/token', revoke: '/oauth/revoke', introspect: '/oauth/introspect' };
  let asked = 0;
  const ask = (request: Request, atMs: number) => {
    const { answer, truth } = provider.handle(request, atMs, `x-${++asked}`);
    return saidOf(answer, truth);
  };
  return {
    grant: (family, atMs) => {
      const { account } = provider.connect({ id: family, tenant: family, atMs });
      return { access: account.accessToken, refresh: account.refreshToken ?? '' };
    },
    post: async (endpoint, by, form, atMs) => ask(requestOf(paths[endpoint], by, form), atMs),
    call: async (token, atMs) => ask(callOf('/v1/me', token), atMs),
    close: async () => {},
  };
}

/** The other one. */
export function theirs(): Side {
  const randomness = seededRandomness(1);
  const host = startHost({
    origin: ORIGIN,
    seed: 'differential',
    policy: POLICY,
    scopes: [...SCOPES, 'more'],
    clients: (['own', 'foreign'] as const).map((id) => ({
      id,
      secret: SECRETS[id],
      redirectUri: `${ORIGIN}/connected`,
    })),
    key: rsaPrivateKey(randomness, 'differential'),
  });
  const paths = { token: '/token', revoke: '/token/revocation', introspect: '/token/introspection' };
  const ask = async (request: Request, atMs: number) => {
    const told = await host.ask(request, atMs);
    return saidOf(told.answer, truthOf(told, POLICY));
  };
  return {
    grant: (family, atMs) => {
      const [access, refresh] = [
        `access-of-${family}`.padEnd(43, '-'),
        `refresh-of-${family}`.padEnd(43, '-'),
      ];
      host.carryOut({ kind: 'account', account: family }, atMs);
      host.carryOut(
        {
          kind: 'grant',
          grant: `grant-of-${family}`,
          account: family,
          client: 'own',
          scopes: SCOPES,
          access,
          refresh,
        },
        atMs,
      );
      return { access, refresh };
    },
    post: (endpoint, by, form, atMs) => ask(requestOf(paths[endpoint], by, form), atMs),
    call: (token, atMs) => ask(callOf('/me', token), atMs),
    close: () => host.close(),
  };
}
