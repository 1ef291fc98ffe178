// What is special about Zendesk: a refresh deletes both old tokens, and one wording covers every dead token.

import { describe, expect, test } from 'vitest';
import zendesk from '../../mocks/services/zendesk/index.ts';
import { bodyOf, START_MS, visit } from './visit.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const TICKETS = '/api/v2/tickets';

const variant = (id: string) => zendesk.variants[id]?.apply(zendesk) ?? expect.unreachable();

describe('tokens', () => {
  test('a refresh answers with new tokens and both lifetimes, and deletes the old ones', () => {
    const { refresh, call, account } = visit(zendesk);
    const fresh = bodyOf(refresh());
    expect(fresh).toMatchObject({
      token_type: 'bearer',
      scope: 'tickets:read tickets:write users:read',
      expires_in: 172_800,
      refresh_token_expires_in: 2_592_000,
    });
    expect(call(TICKETS).truth).toBe('superseded');
    const again = refresh(account.refreshToken ?? '');
    expect([again.truth, again.answer.status, bodyOf(again).error]).toEqual([
      'rotated',
      400,
      'invalid_grant',
    ]);
    expect(call(TICKETS, { token: String(fresh.access_token) }).answer.status).toBe(200);
    expect(refresh(String(fresh.refresh_token)).truth).toBe('ok');
  });

  test('the token request is JSON, and a form will do', () => {
    const { send, account, client } = visit(zendesk);
    expect(account.tokenRequest).toEqual({ encoding: 'json', clientAuth: 'body' });
    const fields = { grant_type: 'refresh_token', refresh_token: account.refreshToken, ...client };
    const asJson = send('POST', '/oauth/tokens', JSON.stringify(fields), {
      'content-type': 'application/json',
    });
    expect(asJson.truth).toBe('ok');
  });

  test('a request may ask for the lifetime of its access token, between five minutes and two days', () => {
    const { send, call, advance, account, client } = visit(zendesk);
    let refreshToken = account.refreshToken;
    const ask = (expires_in: unknown) => {
      const fields = { grant_type: 'refresh_token', refresh_token: refreshToken, ...client, expires_in };
      const headers = { 'content-type': 'application/json' };
      const fresh = bodyOf(send('POST', '/oauth/tokens', JSON.stringify(fields), headers));
      refreshToken = String(fresh.refresh_token);
      return fresh;
    };
    const lifetimes = [600, '600', 10, 10_000_000, 'soon'].map((asked) => ask(asked).expires_in);
    expect(lifetimes).toEqual([600, 600, 300, 172_800, 172_800]);
    const token = String(ask(600).access_token);
    advance(10 * MINUTE - 1);
    expect(call(TICKETS, { token }).truth).toBe('ok');
    advance(1);
    expect(call(TICKETS, { token }).truth).toBe('expired');
  });

  test('a client may ask for the lifetime of its refresh token, from a week to ninety days', () => {
    const { refresh, advance } = visit(zendesk);
    let token: string | undefined;
    const told = [604_800, 1, 99_999_999, 'soon'].map((asked) => {
      const answer = bodyOf(refresh(token, { refresh_token_expires_in: String(asked) }));
      token = String(answer.refresh_token);
      return answer.refresh_token_expires_in;
    });
    expect(told).toEqual([604_800, 604_800, 7_776_000, 2_592_000]);
    token = String(bodyOf(refresh(token, { refresh_token_expires_in: '604800' })).refresh_token);
    advance(604_800_000);
    expect(refresh(token).truth).toBe('capped');
  });

  test('an expired and a revoked token get byte for byte the same answer', () => {
    const expired = visit(zendesk);
    expired.advance(2 * DAY);
    const revoked = visit(zendesk);
    revoked.act({ act: 'revoke' });
    const [a, b] = [expired.call(TICKETS), revoked.call(TICKETS)];
    expect([a.truth, b.truth]).toEqual(['expired', 'revoked-by-user']);
    expect(a.answer).toEqual(b.answer);
  });

  test('the refresh token lives for thirty days from its issue', () => {
    const { refresh, advance } = visit(zendesk);
    advance(30 * DAY - 1);
    const fresh = String(bodyOf(refresh()).refresh_token);
    advance(30 * DAY);
    expect(refresh(fresh).truth).toBe('capped');
  });

  test('the current token tells its end, and deletes itself with its refresh token', () => {
    const { call, refresh } = visit(zendesk);
    expect(bodyOf(call('/api/v2/oauth/tokens/current.json')).token).toMatchObject({
      expires_at: new Date(START_MS + 2 * DAY).toISOString().replace('.000Z', 'Z'),
    });
    expect(call('/api/v2/oauth/tokens/current', { method: 'DELETE' }).answer.status).toBe(204);
    expect(call(TICKETS).truth).toBe('revoked-by-client');
    expect(refresh().truth).toBe('revoked-by-client');
  });

  test('variants state what they keep', () => {
    expect(bodyOf(visit(variant('five-minutes')).refresh()).expires_in).toBe(300);
    const old = visit(variant('no-expiry'));
    expect(old.account).toMatchObject({ refreshToken: null, expiresAt: null });
    old.advance(4000 * DAY);
    expect(old.call(TICKETS).answer.status).toBe(200);
  });
});

describe('tickets', () => {
  test('answer with and without .json, page by page', () => {
    const { call } = visit(zendesk);
    const first = bodyOf(call(`${TICKETS}.json?per_page=2`));
    expect(first).toMatchObject({ count: 3, previous_page: null });
    const next = new URL(String(first.next_page));
    const second = bodyOf(call(`${next.pathname}${next.search}`));
    const ids = [first, second].flatMap(({ tickets }) => (tickets as { id: number }[]).map(({ id }) => id));
    expect(new Set(ids).size).toBe(3);
    expect(second.next_page).toBeNull();
    for (const path of [`${TICKETS}/${ids[0]}`, `${TICKETS}/${ids[0]}.json`]) {
      expect(bodyOf(call(path)).ticket).toMatchObject({ id: ids[0] });
    }
    expect(call(`${TICKETS}?per_page=101`).answer.status).toBe(422);
  });

  test('are opened with a comment, and changed', () => {
    const { call, advance } = visit(zendesk);
    const ticket = { subject: 'Row 7', comment: { body: 'is missing' } };
    const opened = call(TICKETS, { method: 'POST', body: { ticket } });
    expect(opened.answer.status).toBe(201);
    const created = bodyOf(opened).ticket as { id: number };
    expect(created).toMatchObject({ subject: 'Row 7', description: 'is missing', status: 'new' });
    expect(opened.writes).toEqual([
      { place: 'tickets', cells: { subject: 'Row 7', comment: '{"body":"is missing"}' } },
    ]);
    advance(MINUTE);
    const changed = call(`${TICKETS}/${created.id}`, {
      method: 'PUT',
      body: { ticket: { status: 'solved' } },
    });
    expect(bodyOf(changed).ticket).toMatchObject({ status: 'solved', updated_at: '2026-03-02T22:01:00Z' });
    expect(changed.writes).toEqual([{ place: `tickets/${created.id}`, cells: { status: 'solved' } }]);
    expect(call(TICKETS, { method: 'POST', body: { ticket: { subject: 'x' } } }).answer.status).toBe(422);
    expect(call(TICKETS, { method: 'POST', body: 'no json' }).answer.status).toBe(400);
  });

  test('of another account are not found', () => {
    const visited = visit(zendesk);
    const other = visited.connect('globex-zendesk', 'globex');
    const theirs = bodyOf(visited.call(TICKETS, { token: other.accessToken })).tickets as { id: number }[];
    const { truth, answer } = visited.call(`${TICKETS}/${theirs[0]?.id}`);
    expect([truth, answer.status]).toEqual(['other-tenant', 404]);
  });

  test('a broad scope opens what a narrow one does', () => {
    const narrow = visit(zendesk).call('/api/v2/organizations');
    expect(narrow.answer.status).toBe(403);
    expect(bodyOf(narrow).description).toContain('organizations:read');
    expect(visit(zendesk, { scopes: ['read'] }).call('/api/v2/organizations').answer.status).toBe(200);
    expect(visit(zendesk, { scopes: ['read'] }).call(TICKETS, { method: 'POST', body: {} }).truth).toBe(
      'scope-missing',
    );
  });
});
