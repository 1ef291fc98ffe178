// simple-oauth2 behind the broker interface: an adapter of a page, as its README shows the library's use.
//
// The library knows when a token has expired and how to refresh it. It does not know of others who do the same at the
// same time, nor where tokens are kept, nor what a refusal means: what hour4 finds here is what is left to you.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AuthorizationCode } from 'simple-oauth2';

/** Seconds before its end at which a token counts as expired. */
const MARGIN_S = 60;

/** @param {NodeJS.ProcessEnv} env */
export default async function createBroker(env) {
  const store = join(env.HOUR4_STORE ?? '.', 'connections');
  mkdirSync(store, { recursive: true });
  const fileOf = (id) => join(store, `${encodeURIComponent(id)}.json`);
  const connections = new Map();

  /** @param {any} account */
  function open(account, token) {
    const url = new URL(account.tokenUrl);
    const { encoding, clientAuth } = account.tokenRequest;
    const client = new AuthorizationCode({
      client: { id: account.clientId, secret: account.clientSecret ?? '' },
      auth: { tokenHost: url.origin, tokenPath: url.pathname },
      options: { bodyFormat: encoding, authorizationMethod: clientAuth === 'basic' ? 'header' : 'body' },
    });
    const connection = { account, token: client.createToken(token), dead: false };
    connections.set(account.id, connection);
    return connection;
  }

  function find(id) {
    const known = connections.get(id);
    if (known !== undefined) return known;
    try {
      const { account, token } = JSON.parse(readFileSync(fileOf(id), 'utf8'));
      return open(account, token);
    } catch {
      return null;
    }
  }

  const save = ({ account, token }) => writeFileSync(fileOf(account.id), JSON.stringify({ account, token }));

  async function refresh(connection) {
    connection.token = await connection.token.refresh();
    save(connection);
  }

  async function send({ account, token }, { method, path, headers = {}, body }) {
    const isText = body === undefined || typeof body === 'string';
    const response = await fetch(`${account.apiUrl}${path}`, {
      method,
      headers: {
        ...headers,
        authorization: account.authorization.replace('{token}', token.token.access_token),
        ...(isText ? {} : { 'content-type': 'application/json' }),
      },
      body: isText ? body : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, body: asJson(text) };
  }

  return {
    async connect(account) {
      const { accessToken, refreshToken, expiresAt } = account;
      save(open(account, { access_token: accessToken, refresh_token: refreshToken, expires_at: expiresAt }));
    },

    async call(id, request) {
      const connection = find(id);
      if (connection === null) return failure('NOT_FOUND', `no account ${id}`);
      try {
        if (connection.token.expired(MARGIN_S)) await refresh(connection);
      } catch (error) {
        const ended = error.data?.payload?.error === 'invalid_grant';
        connection.dead ||= ended;
        return ended
          ? failure('REAUTH_REQUIRED', error.message, { reauth_url: connection.account.reauthUrl })
          : failure('UPSTREAM_UNAVAILABLE', error.message, { retryable: true });
      }
      const answer = await send(connection, request);
      if (answer.status < 400) return { ok: true, ...answer };
      const code =
        answer.status === 403 ? 'PERMISSION_DENIED' : answer.status === 404 ? 'NOT_FOUND' : 'BAD_REQUEST';
      return failure(code, `answered ${answer.status}`, { upstreamStatus: answer.status });
    },

    async token(id) {
      const connection = find(id);
      if (connection === null) return null;
      const { access_token, expires_at } = connection.token.token;
      return { accessToken: access_token, expiresAt: new Date(expires_at).toISOString() };
    },

    async status(id) {
      const connection = find(id);
      if (connection === null) return { status: 'error' };
      return {
        status: connection.dead ? 'reauth_required' : connection.token.expired() ? 'expired' : 'active',
      };
    },

    async close() {},
  };
}

const failure = (code, message, more = {}) => ({
  ok: false,
  error: { code, message, retryable: false, ...more },
});

function asJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
