// What is special about Xero: a second chance for a spent refresh token, a told expiry, a tenant header, a minute's limit.

import { createPublicKey, verify } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { readJwt } from '../../mocks/jwt.ts';
import { connectionIdOf, documentIdOf, tenantIdOf } from '../../mocks/services/xero/ids.ts';
import xero from '../../mocks/services/xero/index.ts';
import { bodyOf, ORIGIN, START_MS, visit } from './visit.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const INVOICES = '/api.xro/2.0/Invoices';
const HERE = { 'xero-tenant-id': tenantIdOf('acme') };

const variant = (id: string) => xero.variants[id]?.apply(xero) ?? expect.unreachable();
const detailOf = (exchange: Parameters<typeof bodyOf>[0]) => {
  const { Status, Title, Detail } = bodyOf(exchange);
  return [exchange.answer.status, Status, Title, Detail];
};

describe('tokens', () => {
  test('a refresh with the client in the header gives half an hour', () => {
    const { form, account, client } = visit(xero);
    const authorization = `Basic ${Buffer.from(`${client.client_id}:${client.client_secret}`).toString('base64')}`;
    const fields = { grant_type: 'refresh_token', refresh_token: account.refreshToken ?? '' };
    const fresh = bodyOf(form('/connect/token', fields, { authorization }));
    expect(fresh).toMatchObject({ token_type: 'Bearer', expires_in: 1800, scope: xero.scopes.join(' ') });
    expect(fresh.refresh_token).not.toBe(account.refreshToken);
    expect(fresh).not.toHaveProperty('id_token');
  });

  test('whoever lost the answer has half an hour to use the old token again, as often as needed', () => {
    const { refresh, account, advance, call } = visit(xero);
    const old = account.refreshToken ?? '';
    const lost = bodyOf(refresh(old));
    advance(20 * MINUTE);
    expect(refresh(old).truth).toBe('ok');
    advance(10 * MINUTE - 1);
    const kept = bodyOf(refresh(old));
    expect(call('/connections', { token: String(kept.access_token) }).truth).toBe('ok');
    advance(1);
    expect(refresh(old)).toMatchObject({
      truth: 'rotated',
      answer: { status: 400, body: { error: 'invalid_grant' } },
    });
    expect(refresh(String(lost.refresh_token)).truth).toBe('ok');
    expect(refresh(String(kept.refresh_token)).truth).toBe('ok');
  });

  test('an unused refresh token is dead after sixty days, or thirty as before', () => {
    const { refresh, advance } = visit(xero);
    advance(60 * DAY - 1);
    const fresh = bodyOf(refresh());
    advance(60 * DAY);
    expect(refresh(String(fresh.refresh_token)).truth).toBe('idle');
    const before = visit(variant('thirty-days'));
    before.advance(30 * DAY);
    expect(before.refresh().truth).toBe('idle');
  });

  test('an expired token is told with the moment at which it expired', () => {
    const { call, advance } = visit(xero);
    advance(31 * MINUTE);
    const expired = call(INVOICES, { headers: HERE });
    expect(START_MS).toBe(Date.parse('2026-03-02T22:00:00.000Z'));
    expect(bodyOf(expired)).toEqual({
      Type: null,
      Title: 'Unauthorized',
      Status: 401,
      Detail: 'TokenExpired: token expired at 03/02/2026 22:30:00',
      Instance: expect.stringMatching(/^[0-9a-f-]{36}$/),
      Extensions: {},
    });
  });

  test('who asks for openid gets an id token that the published key verifies', () => {
    const { refresh, call, account } = visit(xero, { scopes: ['openid', 'email', 'offline_access'] });
    const [header, claims, signature = ''] = String(bodyOf(refresh()).id_token).split('.');
    const { jwks_uri } = bodyOf(call('/.well-known/openid-configuration', { token: null }));
    const { keys } = bodyOf(call(new URL(String(jwks_uri)).pathname, { token: null }));
    const [jwk] = keys as { kty: string; n: string; e: string }[];
    const key = createPublicKey({ key: { ...jwk }, format: 'jwk' });
    const signed = Buffer.from(`${header}.${claims}`);
    expect(verify('RSA-SHA256', signed, key, Buffer.from(signature, 'base64url'))).toBe(true);
    const [accessHeader, accessClaims, accessSignature = ''] = account.accessToken.split('.');
    const accessSigned = Buffer.from(`${accessHeader}.${accessClaims}`);
    expect(verify('RSA-SHA256', accessSigned, key, Buffer.from(accessSignature, 'base64url'))).toBe(true);
    expect(readJwt(account.accessToken)).toMatchObject({
      exp: START_MS / 1000 + 1800,
      scope: ['openid', 'email', 'offline_access'],
    });
    expect(readJwt(`${header}.${claims}.${signature}`)).toMatchObject({
      iss: ORIGIN,
      aud: account.clientId,
      iat: START_MS / 1000,
      email: 'acme-xero@acme.example',
    });
  });

  test('to revoke the refresh token ends the grant', () => {
    const { form, account, client, refresh } = visit(xero);
    expect(
      form('/connect/revocation', { token: account.refreshToken ?? '', ...client }).answer,
    ).toMatchObject({ status: 200, body: '' });
    expect(refresh()).toMatchObject({ truth: 'revoked-by-client', answer: { status: 400 } });
  });

  test('what is said of Xero: no second chance, and described errors', () => {
    const { refresh, call } = visit(variant('no-retry'));
    refresh();
    expect([refresh().truth, call('/connections').truth]).toEqual(['rotated', 'superseded']);
    const described = visit(variant('described-errors'));
    described.act({ act: 'revoke' });
    expect(described.refresh().answer.body).toHaveProperty('error_description');
  });
});

describe('organisations', () => {
  test('a wrong tenant and no tenant are forbidden in the same words', () => {
    const { call, connect } = visit(xero);
    connect('globex-xero', 'globex');
    const theirs = call(INVOICES, { headers: { 'xero-tenant-id': tenantIdOf('globex') } });
    const nobodys = call(INVOICES);
    expect([theirs.truth, nobodys.truth]).toEqual(['other-tenant', 'missing-parameter']);
    for (const refused of [theirs, nobodys]) {
      expect(detailOf(refused)).toEqual([403, 403, 'Forbidden', 'AuthenticationUnsuccessful']);
    }
  });

  test('a missing scope is a 401', () => {
    const refused = visit(xero).call('/api.xro/2.0/Reports/ProfitAndLoss', { headers: HERE });
    expect(refused.truth).toBe('scope-missing');
    expect(detailOf(refused)).toEqual([401, 401, 'Unauthorized', 'AuthorizationUnsuccessful']);
  });

  test('a connection that is taken away leaves the tokens alive and the organisation closed', () => {
    const { call, refresh, connect } = visit(xero);
    connect('globex-xero', 'globex');
    expect(call('/connections').answer.body).toMatchObject([
      { tenantId: tenantIdOf('acme'), tenantType: 'ORGANISATION', tenantName: 'acme' },
    ]);
    const others = `/connections/${connectionIdOf('globex')}`;
    expect(call(others, { method: 'DELETE' }).answer.status).toBe(404);
    const own = `/connections/${connectionIdOf('acme')}`;
    expect(call(own, { method: 'DELETE' }).answer.status).toBe(204);
    expect(call('/connections').answer.body).toEqual([]);
    expect(call(INVOICES, { headers: HERE }).answer.status).toBe(403);
    expect(refresh().truth).toBe('ok');
    expect(call(own, { method: 'DELETE' }).answer.status).toBe(404);
  });

  test('who withdraws the consent bars the calls, not the refreshes', () => {
    const { act, call, refresh } = visit(xero);
    act({ act: 'withdraw-consent' });
    const refused = call(INVOICES, { headers: HERE });
    expect([refused.truth, refused.answer.status]).toEqual(['consent-withdrawn', 403]);
    expect(refresh().truth).toBe('ok');
  });

  test('sixty calls a minute, and the headers say when the next may come', () => {
    const { call, connect, advance } = visit(xero);
    const other = connect('globex-xero', 'globex');
    for (let n = 1; n <= 60; n++) {
      const { answer } = call(INVOICES, { headers: HERE });
      expect([answer.status, answer.headers['x-minlimit-remaining']]).toEqual([200, String(60 - n)]);
    }
    advance(15_500);
    const refused = call(INVOICES, { headers: HERE });
    expect(refused).toMatchObject({ truth: 'rate-limited', answer: { status: 429, body: '' } });
    expect(refused.answer.headers).toMatchObject({
      'x-rate-limit-problem': 'minute',
      'retry-after': '45',
      'x-minlimit-remaining': '0',
    });
    const headers = { 'xero-tenant-id': tenantIdOf('globex') };
    expect(call(INVOICES, { headers, token: other.accessToken }).answer.status).toBe(200);
    advance(45_000);
    expect(call(INVOICES, { headers: HERE }).answer.status).toBe(200);
  });
});

describe('invoices', () => {
  const wanted = { Type: 'ACCREC', Contact: { Name: 'Acme' }, Reference: 'Row 7' };

  test('are made, changed and read by id or number', () => {
    const { call } = visit(xero);
    const made = call(INVOICES, { method: 'PUT', body: { Invoices: [wanted] }, headers: HERE });
    expect(made.writes).toEqual([
      { place: 'invoices', cells: { Type: 'ACCREC', Contact: '{"Name":"Acme"}', Reference: 'Row 7' } },
    ]);
    const [invoice] = bodyOf(made).Invoices as Record<string, unknown>[];
    expect(invoice).toMatchObject({ InvoiceNumber: 'INV-0003', Status: 'DRAFT', Reference: 'Row 7' });
    const id = String(invoice?.InvoiceID);
    const change = { InvoiceID: id, Reference: 'Row 8' };
    const changed = call(INVOICES, { method: 'POST', body: change, headers: HERE });
    expect(changed.writes).toEqual([
      { place: `invoices/${id}`, cells: { InvoiceID: id, Reference: 'Row 8' } },
    ]);
    for (const name of [id, 'INV-0003']) {
      const { Invoices } = bodyOf(call(`${INVOICES}/${name}`, { headers: HERE }));
      expect(Invoices).toMatchObject([{ InvoiceID: id, Reference: 'Row 8', Type: 'ACCREC' }]);
    }
  });

  test('all of a request are stored, or none', () => {
    const { call } = visit(xero);
    const body = { Invoices: [wanted, { Type: 'ACCREC' }] };
    const refused = call(INVOICES, { method: 'POST', body, headers: HERE });
    expect([refused.answer.status, refused.writes]).toEqual([400, []]);
    expect(bodyOf(refused)).toMatchObject({
      Type: 'ValidationException',
      Elements: [
        { ValidationErrors: [{ Message: 'A Contact must be specified for this type of transaction' }] },
      ],
    });
    expect(bodyOf(call(INVOICES, { headers: HERE })).Invoices).toHaveLength(2);
  });

  test.each([
    ['no json', 'No valid invoices were found in the request'],
    [{ Contact: {} }, 'Invoice type is required'],
    [{ InvoiceID: 'nobodys' }, 'Invoice not of valid status for modification'],
  ])('are not made of %j', (body, Message) => {
    const refused = visit(xero).call(INVOICES, { method: 'POST', body, headers: HERE });
    expect(bodyOf(refused).Elements).toEqual([{ ValidationErrors: [{ Message }] }]);
  });

  test('are listed by status and page; another organisation has its own', () => {
    const { call, connect } = visit(xero);
    connect('globex-xero', 'globex');
    const list = (query: string) => call(`${INVOICES}?${query}`, { headers: HERE });
    expect(bodyOf(list('Statuses=DRAFT,PAID')).Invoices).toMatchObject([{ InvoiceNumber: 'INV-0002' }]);
    expect(bodyOf(list('page=2')).Invoices).toEqual([]);
    expect(list('page=0').answer.status).toBe(400);
    expect(list('where=Status=="DRAFT"').truth).toBe('unmodelled');
    const theirs = call(`${INVOICES}/${documentIdOf('globex', 'invoice', 1)}`, { headers: HERE });
    expect([theirs.truth, theirs.answer.status]).toEqual(['not-found', 404]);
    expect(call(`${INVOICES}/INV-9999`, { headers: HERE }).answer.status).toBe(404);
  });

  test('have an organisation and contacts beside them', () => {
    const { call } = visit(xero);
    const { Organisations } = bodyOf(call('/api.xro/2.0/Organisation', { headers: HERE }));
    expect(Organisations).toMatchObject([{ OrganisationID: tenantIdOf('acme'), Name: 'acme' }]);
    const { Contacts } = bodyOf(call('/api.xro/2.0/Contacts', { headers: HERE }));
    expect(Contacts).toMatchObject([{ Name: 'acme purchasing', ContactStatus: 'ACTIVE' }]);
  });
});
