// Clients that show no secret: those that have none, and those that need not show it after PKCE.

import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Service } from '../../mocks/service.ts';
import airtable from '../../mocks/services/airtable/index.ts';
import linear from '../../mocks/services/linear/index.ts';
import plain from '../../mocks/services/plain/index.ts';
import salesforce from '../../mocks/services/salesforce/index.ts';
import spotify from '../../mocks/services/spotify/index.ts';
import { forPublicClient } from '../../mocks/variant.ts';
import { bodyOf, visit } from './visit.ts';

const VERIFIER = 'a-code-verifier-of-at-least-forty-three-characters';
const PKCE = {
  code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
  code_challenge_method: 'S256',
};
const REDIRECT_URI = 'http://127.0.0.1:8000/back';

/** A visit by a client that never shows a secret. */
function visitWithoutSecret(service: Service) {
  const visited = visit(service);
  const { account, send, form } = visited;
  const path = new URL(account.tokenUrl).pathname;
  const ask = (fields: Record<string, string>) => form(path, { client_id: account.clientId, ...fields });
  const exchange = (challenge: Record<string, string>, verifier: Record<string, string>) => {
    const asked = {
      response_type: 'code',
      client_id: account.clientId,
      redirect_uri: REDIRECT_URI,
      ...challenge,
    };
    const { location = '' } = send(
      'GET',
      `${service.endpoints.authorize[0]}?${new URLSearchParams(asked)}`,
      '',
      {},
    ).answer.headers;
    const code = new URL(location).searchParams.get('code') ?? expect.unreachable();
    return ask({ grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI, ...verifier });
  };
  const refresh = (token: unknown) => ask({ grant_type: 'refresh_token', refresh_token: String(token) });
  return { ...visited, ask, exchange, refresh };
}

describe('a client that need not show its secret with PKCE', () => {
  test('shows none for the code, nor for the refreshes after it, however often the token is replaced', () => {
    const { exchange, refresh } = visitWithoutSecret(linear);
    let { refresh_token } = bodyOf(exchange(PKCE, { code_verifier: VERIFIER }));
    for (const _ of [1, 2, 3]) {
      const refreshed = refresh(refresh_token);
      expect(refreshed.truth).toBe('ok');
      ({ refresh_token } = bodyOf(refreshed));
    }
  });

  test('must hold the verifier, and shows its secret where no code was bound', () => {
    const { exchange, refresh, account } = visitWithoutSecret(linear);
    expect(exchange(PKCE, { code_verifier: `${VERIFIER}-not` }).truth).toBe('pkce-mismatch');
    expect(exchange(PKCE, {}).truth).toBe('pkce-mismatch');
    expect(exchange({}, {}).truth).toBe('wrong-secret');
    expect(refresh(account.refreshToken).truth).toBe('wrong-secret');
    expect(refresh('never-minted').truth).toBe('wrong-secret');
  });

  test('is refused if it shows a wrong one', () => {
    const { exchange, ask } = visitWithoutSecret(linear);
    const { refresh_token } = bodyOf(exchange(PKCE, { code_verifier: VERIFIER }));
    const wrong = {
      grant_type: 'refresh_token',
      refresh_token: String(refresh_token),
      client_secret: 'wrong',
    };
    expect(ask(wrong).truth).toBe('wrong-secret');
  });

  test('is of a service that says so: elsewhere the secret is asked for', () => {
    const { exchange } = visitWithoutSecret(plain);
    expect(exchange(PKCE, { code_verifier: VERIFIER }).truth).toBe('wrong-secret');
  });
});

describe.each([airtable, linear, salesforce, spotify])('$id for a client without a secret', (service) => {
  const name = service.id === 'spotify' ? 'pkce' : 'public-client';
  const open = () => visitWithoutSecret(service.variants[name]?.apply(service) ?? expect.unreachable());

  test('takes its id alone for a code that it can prove, and for every refresh', () => {
    const { account, exchange, refresh } = open();
    expect(account).toMatchObject({ clientSecret: null, tokenRequest: { clientAuth: 'none' } });
    expect(exchange(PKCE, { code_verifier: `${VERIFIER}-not` }).truth).toBe('pkce-mismatch');
    const { refresh_token } = bodyOf(exchange(PKCE, { code_verifier: VERIFIER }));
    expect(refresh(refresh_token).truth).toBe('ok');
    expect(refresh(account.refreshToken).truth).toBe('ok');
  });

  test('has no words for a secret that is wrong, and needs none', () => {
    const { ask, account } = open();
    const asked = {
      grant_type: 'refresh_token',
      refresh_token: account.refreshToken ?? '',
      client_secret: 'any',
    };
    expect(ask(asked).truth).toBe('ok');
  });
});

test('a service without a variant for it becomes one for public clients', () => {
  const { refresh, account } = visitWithoutSecret(forPublicClient(plain));
  expect(refresh(account.refreshToken).truth).toBe('ok');
});
