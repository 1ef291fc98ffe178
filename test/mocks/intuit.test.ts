// What is special about Intuit: a refresh token that changes on day two, a company told once, two shapes of a fault.

import { describe, expect, test } from 'vitest';
import { realmIdOf } from '../../mocks/services/intuit/ids.ts';
import intuit from '../../mocks/services/intuit/index.ts';
import { PAYMENT } from '../../mocks/services/intuit/scopes.ts';
import { bodyOf, visit } from './visit.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const HERE = `/v3/company/${realmIdOf('acme')}`;
const STATED_S = 8_726_400;

const variant = (id: string) => intuit.variants[id]?.apply(intuit) ?? expect.unreachable();

describe('tokens', () => {
  test('the refresh token stays the same for a day, its stated end nears, and then it changes', () => {
    const { refresh, account, advance } = visit(intuit);
    const first = bodyOf(refresh());
    expect(first).toMatchObject({
      token_type: 'bearer',
      expires_in: 3600,
      refresh_token: account.refreshToken,
      x_refresh_token_expires_in: STATED_S,
    });
    advance(25 * HOUR - 1);
    const second = bodyOf(refresh());
    expect(second).toMatchObject({
      refresh_token: account.refreshToken,
      x_refresh_token_expires_in: STATED_S - (25 * HOUR) / 1000,
    });
    advance(1);
    const third = bodyOf(refresh());
    expect(third).toMatchObject({ x_refresh_token_expires_in: STATED_S });
    expect(third.refresh_token).not.toBe(account.refreshToken);
    const spent = refresh();
    expect([spent.truth, spent.answer.status, spent.answer.body]).toEqual([
      'rotated',
      400,
      { error: 'invalid_grant' },
    ]);
    expect(refresh(String(third.refresh_token)).truth).toBe('ok');
  });

  test('a token that nobody uses dies after a hundred and one days', () => {
    const { refresh, advance } = visit(intuit);
    advance(101 * DAY);
    expect(refresh()).toMatchObject({ truth: 'idle', answer: { status: 400 } });
  });

  test('the chain ends five years after the consent, and the stated end comes with it', () => {
    const { refresh, advance, account, client, form } = visit(intuit);
    let token = account.refreshToken ?? '';
    for (let day = 90; day < 5 * 365; day += 90) {
      advance(90 * DAY);
      token = String(bodyOf(refresh(token)).refresh_token);
    }
    const last = bodyOf(refresh(token));
    expect(last.x_refresh_token_expires_in).toBe((25 * DAY) / 1000);
    expect(last).not.toHaveProperty('x_refresh_token_hard_expires_in');
    const fields = { grant_type: 'refresh_token', refresh_token: token, ...client };
    const asks = { 'x-include-refresh-token-hard-expires-in': 'true' };
    const told = bodyOf(form('/oauth2/v1/tokens/bearer', fields, asks));
    expect(told.x_refresh_token_hard_expires_in).toBe((25 * DAY) / 1000);
    advance(25 * DAY);
    expect(refresh(token).truth).toBe('capped');
  });

  test('what is wrong with a token request is told in as few words as there are', () => {
    const { refresh, account, provider } = visit(intuit);
    const wrongSecret = refresh(account.refreshToken ?? '', { client_secret: 'wrong' });
    expect(wrongSecret.answer).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    provider.authority.addClient({ id: 'sandbox', secret: null, deleted: false });
    const otherApp = refresh(account.refreshToken ?? '', { client_id: 'sandbox' });
    expect(otherApp.answer.body).toEqual({
      error: 'invalid_grant',
      error_description: 'Incorrect Token type or clientID',
    });
    expect(refresh('nobodys').answer.body).toHaveProperty('error_description', 'Token invalid');
    expect(refresh(account.accessToken).answer.body).toEqual(otherApp.answer.body);
    expect(refresh().truth).toBe('ok');
  });

  test('the redirect names the company, and no token answer does', () => {
    const { send, form, account, client } = visit(intuit);
    const redirect_uri = 'http://127.0.0.1:8000/back';
    const ask = (response_type: string) => {
      const asked = { response_type, client_id: account.clientId, redirect_uri, state: 's' };
      const { answer } = send('GET', `/connect/oauth2?${new URLSearchParams(asked)}`, '', {});
      return Object.fromEntries(new URL(answer.headers.location ?? '').searchParams);
    };
    const { code = '', ...back } = ask('code');
    expect(back).toEqual({ state: 's', realmId: realmIdOf('acme') });
    expect(ask('token')).not.toHaveProperty('realmId');
    const granted = bodyOf(
      form('/oauth2/v1/tokens/bearer', { grant_type: 'authorization_code', code, redirect_uri, ...client }),
    );
    expect(granted).not.toHaveProperty('realmId');
  });

  test('either token, as JSON, revokes the connection', () => {
    for (const which of ['accessToken', 'refreshToken'] as const) {
      const { send, account, client, refresh, call } = visit(intuit);
      const authorization = `Basic ${Buffer.from(`${client.client_id}:${client.client_secret}`).toString('base64')}`;
      const headers = { authorization, 'content-type': 'application/json' };
      const body = JSON.stringify({ token: account[which] });
      const { answer } = send('POST', '/v2/oauth2/tokens/revoke', body, headers);
      expect([answer.status, answer.headers.intuit_tid]).toEqual([200, expect.stringMatching(/^1-/)]);
      expect(refresh().truth).toBe('revoked-by-client');
      expect(bodyOf(call(`${HERE}/customer/1`))).toMatchObject({
        fault: { error: [{ code: '3200', detail: 'Token revoked' }] },
      });
    }
  });

  test('the variants: a day more, every use, never', () => {
    const longer = visit(variant('a-day-more'));
    longer.advance(25 * HOUR);
    longer.refresh();
    longer.advance(DAY - 1);
    expect(longer.refresh().truth).toBe('ok');
    longer.advance(1);
    expect(longer.refresh().truth).toBe('rotated');
    const eager = visit(variant('every-use'));
    eager.refresh();
    expect(eager.refresh().truth).toBe('rotated');
    const lazy = visit(variant('never-changes'));
    lazy.advance(90 * DAY);
    expect(bodyOf(lazy.refresh()).refresh_token).toBe(lazy.account.refreshToken);
  });
});

describe('faults', () => {
  test('of a dead token have one code, and a detail that tells them apart', () => {
    const { call, advance } = visit(intuit);
    const malformed = call(`${HERE}/customer/1`, { token: 'x' });
    advance(HOUR);
    const expired = call(`${HERE}/customer/1`);
    expect([malformed, expired].map(({ truth }) => truth)).toEqual(['unknown-token', 'expired']);
    for (const [exchange, detail] of [
      [malformed, 'Malformed bearer token: too short or too long'],
      [expired, 'Token expired'],
    ] as const) {
      expect(exchange.answer.status).toBe(401);
      expect(bodyOf(exchange)).toMatchObject({
        fault: {
          error: [
            {
              message: 'message=AuthenticationFailed; errorCode=003200; statusCode=401',
              detail,
              code: '3200',
            },
          ],
          type: 'AUTHENTICATION',
        },
        queryResponse: null,
      });
    }
  });

  test('of the service are written in upper case', () => {
    const { call, advance } = visit(variant('service-fault'));
    advance(HOUR);
    const { Fault } = bodyOf(call(`${HERE}/customer/1`));
    expect(Fault).toMatchObject({
      Error: [{ Detail: 'Token expired', code: '3200' }],
      type: 'AUTHENTICATION',
    });
  });

  test('of a wrong company and of a missing scope are one 403 with one code, in other words', () => {
    const { call, connect } = visit(intuit);
    connect('globex-intuit', 'globex');
    const theirs = call(`/v3/company/${realmIdOf('globex')}/customer/1`);
    const charge = call('/quickbooks/v4/payments/charges/EF1');
    expect([theirs.truth, charge.truth]).toEqual(['other-tenant', 'scope-missing']);
    const faultOf = (exchange: typeof theirs) =>
      (bodyOf(exchange).fault as { error: Record<string, unknown>[] }).error[0];
    expect([theirs.answer.status, charge.answer.status]).toEqual([403, 403]);
    expect(faultOf(charge)).toMatchObject({
      message: 'message=AuthorizationFailed; errorCode=003100; statusCode=403',
      detail: 'The access token does not have sufficient scope',
      code: '3100',
    });
    expect(faultOf(theirs)).toMatchObject({
      message: 'message=ApplicationAuthorizationFailed; errorCode=003100; statusCode=403',
      detail: null,
      code: '3100',
    });
    expect(
      visit(intuit, { scopes: [PAYMENT] }).call('/quickbooks/v4/payments/charges/EF1').answer.status,
    ).toBe(200);
  });

  test('come after five hundred calls in a minute', () => {
    const { call, advance } = visit(intuit);
    for (let n = 1; n <= 500; n++) expect(call(`${HERE}/customer/1`).answer.status).toBe(200);
    const refused = call(`${HERE}/customer/1`);
    expect([refused.truth, refused.answer.status]).toEqual(['rate-limited', 429]);
    advance(60_000);
    expect(call(`${HERE}/customer/1`).answer.status).toBe(200);
  });

  test('and successes are traced', () => {
    const { call, refresh } = visit(intuit);
    const traces = [
      refresh(),
      refresh('nobodys'),
      call(`${HERE}/customer/1`),
      call(`${HERE}/customer/9`),
    ].map(({ answer }) => answer.headers.intuit_tid);
    for (const trace of traces) expect(trace).toMatch(/^1-[0-9a-f]{8}-[0-9a-f]{24}$/);
    expect(new Set(traces).size).toBe(traces.length);
  });
});

describe('books', () => {
  const wanted = { CustomerRef: { value: '1' }, Line: [{ Amount: 7 }], PrivateNote: 'Row 7' };

  test('take invoices, and changes to the version that was read', () => {
    const { call } = visit(intuit);
    const save = (body: object) => call(`${HERE}/invoice`, { method: 'POST', body });
    const made = save(wanted);
    expect(made.writes).toEqual([
      {
        place: 'Invoice',
        cells: { CustomerRef: '{"value":"1"}', Line: '[{"Amount":7}]', PrivateNote: 'Row 7' },
      },
    ]);
    const { Invoice } = bodyOf(made);
    expect(Invoice).toMatchObject({ Id: '3', SyncToken: '0', DocNumber: '1003' });
    const change = { Id: '3', SyncToken: '0', sparse: true, PrivateNote: 'Row 8' };
    const changed = save(change);
    expect(changed.writes).toEqual([{ place: 'Invoice/3', cells: { Id: '3', PrivateNote: 'Row 8' } }]);
    expect(bodyOf(changed).Invoice).toMatchObject({
      SyncToken: '1',
      PrivateNote: 'Row 8',
      CustomerRef: { value: '1' },
    });
    const stale = save(change);
    expect(stale.answer.status).toBe(400);
    expect(bodyOf(stale).Fault).toMatchObject({ Error: [{ Message: 'Stale Object Error', code: '5010' }] });
    const whole = bodyOf(save({ Id: '3', SyncToken: '1', PrivateNote: 'Row 9' })).Invoice;
    expect(whole).toMatchObject({ Id: '3', SyncToken: '2', PrivateNote: 'Row 9' });
    expect(whole).not.toHaveProperty('CustomerRef');
  });

  test.each([
    ['no json', '2010'],
    [{ Line: [] }, '2020'],
    [{ CustomerRef: { value: '1' } }, '2020'],
    [{ Id: '99', SyncToken: '0' }, '610'],
  ])('do not take %j', (body, code) => {
    const refused = visit(intuit).call(`${HERE}/invoice`, { method: 'POST', body });
    expect([refused.answer.status, refused.writes]).toEqual([400, []]);
    expect(bodyOf(refused).Fault).toMatchObject({ Error: [{ code }] });
  });

  test.each([
    ['select * from Invoice', ['1001', '1002']],
    ["SELECT * FROM invoice WHERE DocNumber = '1002' AND CustomerRef = '1'", ['1002']],
    ['select * from Invoice orderby TotalAmt', ['1002', '1001']],
    ['select * from Invoice order by DocNumber desc startposition 2 maxresults 5', ['1001']],
    ["select * from Invoice where MetaData.CreateTime = 'x'", undefined],
  ])('answer %j', (query, numbers) => {
    const { call } = visit(intuit);
    const asked = bodyOf(call(`${HERE}/query?${new URLSearchParams({ query })}`));
    const { Invoice } = asked.QueryResponse as { Invoice?: { DocNumber: string }[] };
    expect(Invoice?.map(({ DocNumber }) => DocNumber)).toEqual(numbers);
    expect(bodyOf(call(`${HERE}/query`, { method: 'POST', body: query }))).toEqual(asked);
  });

  test('count, know the company by its own id, and refuse what they cannot parse', () => {
    const { call } = visit(intuit);
    const counted = bodyOf(call(`${HERE}/query?query=select%20count(*)%20from%20Customer`));
    expect(counted.QueryResponse).toEqual({ totalCount: 1 });
    const info = bodyOf(call(`${HERE}/companyinfo/${realmIdOf('acme')}`));
    expect(info.CompanyInfo).toMatchObject({ CompanyName: 'acme' });
    const refused = call(`${HERE}/query?query=select%20*%20from%20Nothing`);
    expect(bodyOf(refused).Fault).toMatchObject({
      Error: [{ Message: 'Error parsing query', code: '4000' }],
    });
  });
});
