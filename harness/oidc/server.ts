// The provider itself: oidc-provider with our lifetimes and our store, asked through pipes in memory instead of a socket.

import { createPrivateKey, type JsonWebKey } from 'node:crypto';
import type { EventEmitter } from 'node:events';
import { createServer as createHttpServer, request as httpRequest, type IncomingMessage } from 'node:http';
import { type Duplex, duplexPair } from 'node:stream';
import Provider, {
  type ClientMetadata,
  type Configuration,
  errors,
  type JWK,
  type KoaContextWithOIDC,
} from 'oidc-provider';
import type { Answer, Request } from '../../mocks/index.ts';
import { interactions } from './interaction.ts';
import { nowS } from './now.ts';
import { lifetimes } from './policy.ts';
import type { ClientSettings, Deed, Settings, Told } from './protocol.ts';
import { createStore } from './store.ts';

/** A provider that answers. */
export interface Server {
  /** To be asked one thing after the other. */
  ask(request: Request): Promise<Told>;
  carryOut(deed: Deed): Promise<void>;
}

/** Sets up a provider. */
export function createServer(settings: Settings): Server {
  const store = createStore();
  const accounts = new Set<string>();
  const clients = new Map(settings.clients.map((client) => [client.id, client]));
  const provider = new Provider(settings.origin, {
    ...lifetimes(settings.policy),
    adapter: (model: string) => {
      const adapter = store.adapter(model);
      if (model !== 'Client') return adapter;
      return { ...adapter, find: async (id: string) => metadataOf(clients.get(id)) };
    },
    scopes: ['openid', 'offline_access', ...settings.scopes],
    features: {
      devInteractions: { enabled: false },
      introspection: { enabled: true, allowedPolicy: async () => true },
      revocation: {
        enabled: true,
        allowedPolicy: async (_context, client, token) => {
          if (token.clientId === client.clientId) return true;
          throw new errors.InvalidRequest('client is not authorized to revoke the presented token');
        },
      },
      rpInitiatedLogout: { enabled: false },
    },
    responseTypes: ['code'],
    clientAuthMethods: ['client_secret_basic', 'client_secret_post'],
    // Whoever presents a token one second late is late.
    clockTolerance: 0,
    pkce: { required: () => true },
    issueRefreshToken: async (_context, _client, code) =>
      settings.policy.refresh.kind !== 'none' && code.scopes.has('offline_access'),
    findAccount: async (_context, sub) =>
      accounts.has(sub) ? { accountId: sub, claims: async () => ({ sub }) } : undefined,
    jwks: { keys: [signingKey(settings.key)] },
    cookies: { keys: [settings.seed] },
    interactions: { url: async (_context, { uid }) => `/interaction/${uid}` },
  } satisfies Configuration);
  let seen: Pick<Told, 'refusal' | 'account'> = { refusal: null, account: null };
  const onRefusal = (_context: KoaContextWithOIDC, error: errors.OIDCProviderError) => {
    const detail = error.error_detail ?? error.error_description ?? '';
    seen = { ...seen, refusal: { error: error.message, detail } };
  };
  for (const event of REFUSALS) (provider as EventEmitter).on(event, onRefusal);
  provider.use(async (context: KoaContextWithOIDC, next: () => Promise<void>) => {
    await next();
    seen = { ...seen, account: context.oidc?.entities.Account?.accountId ?? null };
  });

  provider.use(interactions(provider, accounts));

  const http = createHttpServer(provider.callback());
  return {
    ask: async (request) => {
      seen = { refusal: null, account: null };
      store.takeChanges();
      const answer = await send(request, (socket) => http.emit('connection', socket));
      return { answer, changes: store.takeChanges(), ...seen };
    },
    carryOut: async (deed) => {
      switch (deed.kind) {
        case 'account':
          accounts.add(deed.account);
          break;
        case 'grant':
          await grant(provider, deed);
          break;
        case 'end':
          for (const { model, value } of deed.tokens) store.destroy(model, value);
          for (const id of deed.grants) store.destroy('Grant', id);
          break;
        case 'narrow':
          store.eachOfGrant(deed.grant, (payload) => {
            payload.scope = payload.scope
              ?.split(' ')
              .filter((scope) => deed.scopes.includes(scope))
              .join(' ');
          });
          break;
        case 'client':
          if (deed.client === null) clients.delete(deed.id);
          else clients.set(deed.id, deed.client);
      }
    },
  };
}

const REFUSALS = [
  'grant.error',
  'revocation.error',
  'introspection.error',
  'authorization.error',
  'userinfo.error',
];

function metadataOf(client: ClientSettings | undefined): ClientMetadata | undefined {
  if (client === undefined) return undefined;
  return {
    client_id: client.id,
    client_secret: client.secret,
    redirect_uris: [client.redirectUri],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'client_secret_basic',
  };
}

// With the values that the world has already told the subject.
async function grant(provider: Provider, deed: Extract<Deed, { kind: 'grant' }>): Promise<void> {
  const { grant: jti, account: accountId, client: clientId, access, refresh } = deed;
  const client = await provider.Client.find(clientId);
  if (client === undefined) throw new Error(`a grant for the client "${clientId}", which is not registered`);
  const scope = deed.scopes.join(' ');
  const given = new provider.Grant({ jti, accountId, clientId } as { accountId: string; clientId: string });
  given.addOIDCScope(scope);
  await given.save();
  const token = { accountId, client, grantId: jti, scope, gty: 'authorization_code' };
  const opaque = new provider.AccessToken({ ...token, jti: access } as typeof token);
  // What the provider decides as it names a token, which here has its name already.
  await Object.assign(opaque, { format: 'opaque' }).save();
  if (refresh === null) return;
  const refreshable = { ...token, jti: refresh, rotations: 0, iiat: nowS() };
  await new provider.RefreshToken(refreshable as typeof token).save();
}

function signingKey(pem: string): JWK {
  const jwk: JsonWebKey = createPrivateKey(pem).export({ format: 'jwk' });
  return { ...jwk, kid: 'hour4', use: 'sig', alg: 'RS256' } as JWK;
}

function send(request: Request, connect: (socket: Duplex) => void): Promise<Answer> {
  const { method, path, query, headers, body } = request;
  const search = new URLSearchParams(query).toString();
  return new Promise((resolve, reject) => {
    const [ours, theirs] = duplexPair();
    const outgoing = httpRequest({
      method,
      path: search === '' ? path : `${path}?${search}`,
      headers: { ...headers, 'content-length': Buffer.byteLength(body), connection: 'close' },
      createConnection: () => ours,
    });
    outgoing.on('error', reject);
    outgoing.on('response', (incoming) => void answerOf(incoming).then(resolve, reject));
    outgoing.end(body);
    connect(theirs);
  });
}

async function answerOf(incoming: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const { 'set-cookie': cookies = [], ...headers } = incoming.headers;
  for (const name of OF_THE_CONNECTION) delete headers[name];
  return {
    status: incoming.statusCode ?? 500,
    headers: headers as Record<string, string>,
    body: Buffer.concat(chunks).toString('utf8'),
    ...(cookies.length === 0 ? {} : { cookies }),
  };
}

const OF_THE_CONNECTION = ['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'date'];
