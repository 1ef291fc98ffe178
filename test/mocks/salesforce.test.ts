// What is special about Salesforce: sliding sessions, unstated lifetimes, five approvals, rotation, and SOQL.

import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { oauthAnswer } from '../../mocks/services/salesforce/encoding.ts';
import { long, orgIdOf, short } from '../../mocks/services/salesforce/ids.ts';
import salesforce from '../../mocks/services/salesforce/index.ts';
import { parseSoql } from '../../mocks/services/salesforce/soql.ts';
import { bodyOf, ORIGIN, START_MS, visit } from './visit.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const API = '/services/data/v60.0';
const ACCOUNT = `${API}/sobjects/Account`;
const LIVE = `${ACCOUNT}/describe`;

type Visit = ReturnType<typeof visit>;
type Row = Record<string, unknown>;

const variant = (id: string) => {
  const found = salesforce.variants[id];
  if (found === undefined) throw new Error(`no variant "${id}"`);
  return found.apply(salesforce);
};

const A1 = long('001A0000001aaaA');
const ORG = {
  Account: [
    {
      Id: A1,
      Name: 'Alder',
      Industry: 'Energy',
      AnnualRevenue: 100,
      CreatedDate: '2026-01-01T00:00:00.000Z',
    },
    { Id: long('001A0000001aaaB'), Name: "Birch 'n' Co", Industry: 'Media', AnnualRevenue: 900 },
    { Id: long('001A0000001aaaa'), Name: 'cedar_wood', Industry: null, AnnualRevenue: 20, Active__c: true },
    { Id: long('001A0000001aaac'), Name: 'Dogwood', CreatedDate: '2026-02-01T12:00:00.000Z' },
  ],
  Invoice__c: [{ Id: long('a00A0000001aaaA'), Total__c: 7 }],
};

const query = (visited: Visit, soql: string, headers = {}) =>
  visited.call(`${API}/query?q=${encodeURIComponent(soql)}`, { headers });

function select(visited: Visit, soql: string): Row[] {
  const exchange = query(visited, soql);
  expect(exchange.truth, JSON.stringify(exchange.answer.body)).toBe('ok');
  return bodyOf(exchange).records as Row[];
}

const names = (condition: string) =>
  select(visit(salesforce, { data: ORG }), `SELECT Name FROM Account WHERE ${condition}`).map(
    ({ Name }) => Name,
  );

describe('sessions', () => {
  test('a session that nobody uses lives for its timeout, to the last millisecond', () => {
    const { advance, call } = visit(salesforce);
    advance(2 * HOUR - 1);
    expect(call(LIVE).truth).toBe('ok');
    const idle = visit(salesforce);
    idle.advance(2 * HOUR);
    const { answer, truth } = idle.call(LIVE);
    expect(truth).toBe('expired');
    expect(answer.status).toBe(401);
    expect(answer.body).toEqual([{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }]);
  });

  test('minute by minute: activity extends a session only in its second half', () => {
    for (let minute = 0; minute < 120; minute++) {
      const { advance, call } = visit(salesforce);
      advance(minute * MINUTE);
      expect(call(LIVE).truth).toBe('ok');
      const endsAtMinute = minute < 60 ? 120 : minute + 120;
      advance(endsAtMinute * MINUTE - minute * MINUTE - 1);
      expect(call(LIVE).truth, `used in minute ${minute}`).toBe('ok');
      const other = visit(salesforce);
      other.advance(minute * MINUTE);
      other.call(LIVE);
      other.advance(endsAtMinute * MINUTE - minute * MINUTE);
      expect(other.call(LIVE).truth, `used in minute ${minute}`).toBe('expired');
    }
  });

  test('a call every three minutes keeps a session alive for the whole night', () => {
    const { advance, call } = visit(salesforce);
    for (let minute = 0; minute < 8 * 60; minute += 3) {
      advance(3 * MINUTE);
      expect(call(LIVE).truth).toBe('ok');
    }
  });

  test('under fifteen-minutes the half is seven and a half', () => {
    const used = (afterMs: number) => {
      const { advance, call } = visit(variant('fifteen-minutes'));
      advance(afterMs);
      call(LIVE);
      advance(15 * MINUTE - afterMs);
      return call(LIVE).truth;
    };
    expect(used(7.5 * MINUTE - 1)).toBe('expired');
    expect(used(7.5 * MINUTE)).toBe('ok');
  });

  test('Bearer and OAuth both carry a token', () => {
    const { call, account } = visit(salesforce);
    const headers = { authorization: `OAuth ${account.accessToken}` };
    expect(call(LIVE, { token: null, headers }).truth).toBe('ok');
    expect(call(LIVE, { token: null }).truth).toBe('no-token');
  });

  test.each([
    ['restrict-ip', 401, 'INVALID_SESSION_ID', 'This session is not valid for use with the REST API'],
    ['restrict-session', 401, 'INVALID_SESSION_ID', 'This session is not valid for use with the REST API'],
    ['disable-api', 403, 'API_CURRENTLY_DISABLED', 'API is disabled for this User'],
    [
      'disable-api-for-org',
      403,
      'API_DISABLED_FOR_ORG',
      'The REST API is not enabled for this Organization.',
    ],
  ] as const)('%s bars the session in its own words', (act, status, errorCode, message) => {
    const visited = visit(salesforce);
    visited.act({ act });
    const { answer } = visited.call(LIVE);
    expect(answer).toMatchObject({ status, body: [{ errorCode, message }] });
  });

  test('under api-disabled-as-invalid-session the lost API is hidden behind the session', () => {
    const visited = visit(variant('api-disabled-as-invalid-session'));
    visited.act({ act: 'disable-api' });
    const { answer, truth } = visited.call(LIVE);
    expect(truth).toBe('api-disabled');
    expect(answer).toMatchObject({ status: 401, body: [{ errorCode: 'INVALID_SESSION_ID' }] });
    expect(answer).toEqual(visited.call(LIVE, { token: 'forged' }).answer);
  });

  test('the use of the day is told on answers of the API only', () => {
    const { call, advance } = visit(salesforce);
    const limitInfo = (path: string, token?: string) =>
      call(path, token === undefined ? {} : { token }).answer.headers['sforce-limit-info'];
    expect(limitInfo(LIVE)).toBe('api-usage=1/15000');
    expect(limitInfo('/services/oauth2/userinfo')).toBeUndefined();
    expect(limitInfo(LIVE, 'never-minted')).toBeUndefined();
    expect(limitInfo(`${ACCOUNT}/nothing`)).toBe('api-usage=2/15000');
    for (let hour = 1; hour <= 24; hour++) {
      advance(HOUR);
      limitInfo(LIVE);
    }
    expect(limitInfo(LIVE)).toBe('api-usage=2/15000');
  });
});

describe('tokens', () => {
  test('a refresh states no lifetime and no refresh token, and is signed by the client', () => {
    const { refresh, account, clock, client } = visit(salesforce);
    const answer = bodyOf(refresh());
    expect(Object.keys(answer).toSorted()).toEqual([
      'access_token',
      'id',
      'instance_url',
      'issued_at',
      'scope',
      'signature',
      'token_type',
    ]);
    expect(answer).toMatchObject({
      instance_url: ORIGIN,
      issued_at: String(clock.nowMs),
      token_type: 'Bearer',
    });
    expect(answer.signature).toBe(
      createHmac('sha256', client.client_secret).update(`${answer.id}${answer.issued_at}`).digest('base64'),
    );
    expect(account.expiresAt).toBeNull();
    expect(String(answer.access_token).split('!')[0]).toBe(short(orgIdOf('acme')));
  });

  test('a code brings the refresh token, unless nobody asked for it', () => {
    const visited = visit(salesforce);
    const exchange = (scope: string) => {
      const query = new URLSearchParams({
        response_type: 'code',
        client_id: visited.account.clientId,
        redirect_uri: 'http://127.0.0.1:8000/callback',
        login_hint: visited.account.id,
        scope,
      });
      const { answer } = visited.call(`/services/oauth2/authorize?${query}`, { token: null });
      const code = new URL(answer.headers.location ?? '').searchParams.get('code') ?? '';
      const fields = {
        grant_type: 'authorization_code',
        code,
        redirect_uri: 'http://127.0.0.1:8000/callback',
      };
      return bodyOf(visited.form('/services/oauth2/token', { ...fields, ...visited.client }));
    };
    expect(exchange('api refresh_token')).toHaveProperty('refresh_token');
    expect(exchange('api offline_access')).toHaveProperty('refresh_token');
    expect(exchange('api')).not.toHaveProperty('refresh_token');
  });

  test.each([
    ['format=xml', { format: 'xml' }, {}, 'application/xml'],
    ['Accept: application/xml', {}, { accept: 'application/xml' }, 'application/xml'],
    ['format=urlencoded', { format: 'urlencoded' }, {}, 'application/x-www-form-urlencoded'],
    ['format=json over Accept', { format: 'json' }, { accept: 'application/xml' }, 'application/json'],
    ['Accept: */*', {}, { accept: '*/*' }, 'application/json'],
  ])('%s chooses the encoding, of a refusal too', (_, fields, headers, mediaType) => {
    const { form, account, client } = visit(salesforce);
    const ask = (refresh_token: string) =>
      form(
        '/services/oauth2/token',
        { grant_type: 'refresh_token', refresh_token, ...client, ...fields },
        headers,
      ).answer;
    for (const { headers: said } of [ask(account.refreshToken ?? ''), ask('never-minted')]) {
      expect(said['content-type']).toContain(mediaType);
    }
  });

  test('a form and XML hold the same fields as JSON', () => {
    const { refresh, account, provider } = visit(salesforce);
    const form = new URLSearchParams(
      String(refresh(account.refreshToken ?? '', { format: 'urlencoded' }).answer.body),
    );
    expect(provider.authority.token(form.get('access_token') ?? '')?.id).toBe('acme-salesforce/at-2');
    expect(form.get('instance_url')).toBe(ORIGIN);
    const xml = String(refresh('never-minted', { format: 'xml' }).answer.body);
    expect(xml).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><OAuth><error>invalid_grant</error>' +
        '<error_description>expired access/refresh token</error_description></OAuth>',
    );
  });

  test('the sixth approval silently takes the first one, and its session lives on', () => {
    const visited = visit(salesforce);
    const approvals = [visited.account];
    for (let n = 2; n <= 5; n++) approvals.push(visited.connect(visited.account.id, 'acme'));
    for (const { refreshToken } of approvals) expect(visited.refresh(refreshToken ?? '').truth).toBe('ok');
    const sixth = visited.connect(visited.account.id, 'acme');
    const [first, ...others] = approvals;
    const refused = visited.refresh(first?.refreshToken ?? '');
    expect(refused.truth).toBe('evicted');
    expect(bodyOf(refused)).toMatchObject({ error_description: 'expired access/refresh token' });
    expect(visited.call(LIVE, { token: first?.accessToken ?? '' }).truth).toBe('ok');
    for (const { refreshToken } of [...others, sixth])
      expect(visited.refresh(refreshToken ?? '').truth).toBe('ok');
  });

  test.each([
    ['revoke', 'invalid_grant', 'expired access/refresh token'],
    ['offboard', 'invalid_grant', 'inactive user'],
    ['restrict-ip', 'invalid_grant', 'ip restricted'],
    ['delete-account', 'inactive_org', 'organization is locked, closed or suspended'],
    ['restrict-service', 'OAUTH_APP_BLOCKED', 'this app is blocked by admin'],
    ['rotate-client-secret', 'invalid_client', 'invalid client credentials'],
    ['delete-client', 'invalid_client_id', 'client identifier invalid'],
  ] as const)('after %s a refresh is refused in its own words', (act, error, description) => {
    const visited = visit(salesforce);
    visited.act({ act });
    const { answer } = visited.refresh();
    expect(answer).toMatchObject({ status: 400, body: { error, error_description: description } });
  });

  test('under rotating a refresh names the new token, and the return of the old one ends everything', () => {
    const visited = visit(variant('rotating'));
    const first = bodyOf(visited.refresh());
    const second = String(first.refresh_token);
    expect(second).not.toBe(visited.account.refreshToken);
    expect(visited.refresh(second).truth).toBe('ok');
    expect(visited.call(LIVE, { token: String(first.access_token) }).truth).toBe('ok');
    const reuse = visited.refresh();
    expect(reuse.truth).toBe('rotated');
    expect(bodyOf(reuse)).toMatchObject({ error_description: 'expired access/refresh token' });
    expect(visited.call(LIVE, { token: String(first.access_token) }).truth).toBe('reused');
    expect(visited.call(LIVE).truth).toBe('reused');
  });

  test.each(['rotating', 'idle-30-days'])('under %s thirty unused days end the refresh token', (id) => {
    const last = (idleMs: number) => {
      const visited = visit(variant(id));
      visited.advance(20 * DAY);
      const refreshed = bodyOf(visited.refresh()).refresh_token;
      visited.advance(idleMs);
      return visited.refresh(
        typeof refreshed === 'string' ? refreshed : (visited.account.refreshToken ?? ''),
      );
    };
    expect(last(30 * DAY - 1).truth).toBe('ok');
    expect(last(30 * DAY).truth).toBe('idle');
    expect(bodyOf(last(30 * DAY))).toMatchObject({ error_description: 'token validity expired' });
  });

  test('revoking the refresh token ends its sessions; a session alone can be revoked by GET', () => {
    const visited = visit(salesforce);
    const { call, account } = visited;
    const revoke = (token: string | null) => call(`/services/oauth2/revoke?token=${token}`, { token: null });
    const second = String(bodyOf(visited.refresh()).access_token);
    expect(revoke(account.accessToken).answer.status).toBe(200);
    expect(call(LIVE).truth).toBe('revoked-by-client');
    expect(call(LIVE, { token: second }).truth).toBe('ok');
    expect(revoke(account.refreshToken).answer.status).toBe(200);
    expect(call(LIVE, { token: second }).truth).toBe('revoked-by-client');
    const again = revoke(account.refreshToken);
    expect(again.answer).toMatchObject({ status: 400, body: { error: 'unsupported_token_type' } });
  });

  test('introspection tells the end that token answers do not, and slides with it', () => {
    const { form, account, client, advance, call } = visit(salesforce);
    const ask = (token: string | null) =>
      bodyOf(form('/services/oauth2/introspect', { token: token ?? '', ...client }));
    const endsAt = (ms: number) => Math.floor((START_MS + ms) / 1000);
    expect(ask(account.accessToken)).toMatchObject({
      active: true,
      token_type: 'access_token',
      exp: endsAt(2 * HOUR),
      iat: endsAt(0),
    });
    expect(ask(account.refreshToken)).not.toHaveProperty('exp');
    advance(HOUR);
    call(LIVE);
    expect(ask(account.accessToken)).toMatchObject({ exp: endsAt(3 * HOUR) });
    advance(2 * HOUR);
    expect(ask(account.accessToken)).toEqual({ active: false });
  });

  test('user info and the identity URL know the account, and refuse in one word', () => {
    const { call, refresh, act } = visit(salesforce);
    const path = String(bodyOf(refresh()).id).slice(ORIGIN.length);
    const info = bodyOf(call('/services/oauth2/userinfo'));
    expect(info).toMatchObject({ sub: ORIGIN + path, organization_id: orgIdOf('acme') });
    expect(bodyOf(call(path))).toMatchObject({ user_id: info.user_id });
    expect(call(`/id/${orgIdOf('globex')}/005`).truth).toBe('not-found');
    expect(call(path, { token: null }).answer).toMatchObject({ status: 403, body: 'Missing_OAuth_Token' });
    act({ act: 'end-sessions' });
    for (const at of [path, '/services/oauth2/userinfo']) {
      expect(call(at).answer).toMatchObject({ status: 403, body: 'Bad_OAuth_Token' });
    }
  });
});

describe('SOQL', () => {
  test.each([
    ["Name = 'ALDER'", ['Alder']],
    ["Name = 'Birch \\'n\\' Co'", ["Birch 'n' Co"]],
    ["Name != 'Alder'", ["Birch 'n' Co", 'cedar_wood', 'Dogwood']],
    ["Name <> 'Alder'", ["Birch 'n' Co", 'cedar_wood', 'Dogwood']],
    ["Name LIKE '%wood'", ['cedar_wood', 'Dogwood']],
    ["Name LIKE 'd_g%'", ['Dogwood']],
    ["NOT Name LIKE '%wood'", ['Alder', "Birch 'n' Co"]],
    ['AnnualRevenue > 100', ["Birch 'n' Co"]],
    ['AnnualRevenue >= 100', ['Alder', "Birch 'n' Co"]],
    ['AnnualRevenue < 100.5', ['Alder', 'cedar_wood']],
    ['AnnualRevenue <= 20', ['cedar_wood']],
    ['AnnualRevenue = 900', ["Birch 'n' Co"]],
    ['Industry = null', ['cedar_wood', 'Dogwood']],
    ['Industry != null', ['Alder', "Birch 'n' Co"]],
    ["Industry != 'Media'", ['Alder', 'cedar_wood', 'Dogwood']],
    ["Industry IN ('media', 'energy')", ['Alder', "Birch 'n' Co"]],
    ["Industry NOT IN ('media')", ['Alder', 'cedar_wood', 'Dogwood']],
    ['Active__c = true', ['cedar_wood']],
    ['CreatedDate >= 2026-02-01', ['Dogwood']],
    ['CreatedDate < 2026-02-01T12:00:00Z', ['Alder']],
    ['CreatedDate = 2026-02-01T13:00:00+01:00', ['Dogwood']],
    ["Industry = 'Energy' AND AnnualRevenue = 100 AND Name = 'Alder'", ['Alder']],
    ["Industry = 'Energy' OR Name = 'Dogwood'", ['Alder', 'Dogwood']],
    ["(Industry = 'Energy' OR Industry = 'Media') AND AnnualRevenue > 100", ["Birch 'n' Co"]],
    ["NOT (Industry = 'Energy' OR Industry = 'Media')", ['cedar_wood', 'Dogwood']],
    ['Industry > null', []],
    ["AnnualRevenue = 'Alder'", []],
  ])('WHERE %s', (condition, found) => {
    expect(names(condition)).toEqual(found);
  });

  test('an id is found by both its lengths, and never by another case', () => {
    expect(names(`Id = '${A1}'`)).toEqual(['Alder']);
    expect(names(`Id = '${short(A1)}'`)).toEqual(['Alder']);
    expect(names(`Id = '${A1.toLowerCase()}'`)).toEqual(['Alder']);
    expect(names(`Id = '${short(A1).toLowerCase()}'`)).toEqual([]);
    expect(names(`Id IN ('${A1}','001A0000001aaaa')`)).toEqual(['Alder', 'cedar_wood']);
  });

  test('the job of the night: fields of accounts by id, with or without spaces, Id and LIMIT', () => {
    const visited = visit(salesforce, { data: ORG });
    const expected = {
      attributes: { type: 'Account', url: `${ACCOUNT}/${A1}` },
      Name: 'Alder',
      Industry: 'Energy',
    };
    const written = [
      `SELECT Name, Industry FROM Account WHERE Id = '${A1}'`,
      `select name,industry from account where id='${A1}' limit 1`,
      `  SELECT  Name ,Industry\nFROM Account\tWHERE Id IN('${A1}')  LIMIT  5 `,
    ];
    for (const soql of written) expect(select(visited, soql)).toEqual([expected]);
    const [record] = select(visited, `SELECT Id, Industry, Name FROM Account WHERE Id = '${A1}'`);
    expect(Object.keys(record ?? {})).toEqual(['attributes', 'Id', 'Industry', 'Name']);
    expect(record).toMatchObject({ Id: A1 });
  });

  test('what a record does not hold is null, and so it says', () => {
    const visited = visit(salesforce, { data: ORG });
    expect(select(visited, "SELECT Industry, Phone FROM Account WHERE Name = 'Dogwood'")).toMatchObject([
      { Industry: null, Phone: null },
    ]);
  });

  test('order, limit, offset and count', () => {
    const visited = visit(salesforce, { data: ORG });
    const ordered = (rest: string) =>
      select(visited, `SELECT Name FROM Account ${rest}`).map(({ Name }) => String(Name)[0]);
    expect(ordered('ORDER BY Name')).toEqual(['A', 'B', 'c', 'D']);
    expect(ordered('ORDER BY Name DESC')).toEqual(['D', 'c', 'B', 'A']);
    expect(ordered('ORDER BY AnnualRevenue')).toEqual(['D', 'c', 'A', 'B']);
    expect(ordered('ORDER BY AnnualRevenue ASC NULLS LAST')).toEqual(['c', 'A', 'B', 'D']);
    expect(ordered('ORDER BY AnnualRevenue DESC NULLS FIRST')).toEqual(['D', 'B', 'A', 'c']);
    expect(ordered('ORDER BY Industry NULLS LAST, Name DESC')).toEqual(['A', 'B', 'D', 'c']);
    expect(ordered('ORDER BY Name LIMIT 2 OFFSET 1')).toEqual(['B', 'c']);
    expect(ordered('LIMIT 0')).toEqual([]);
    const counted = bodyOf(query(visited, 'SELECT COUNT() FROM Account WHERE AnnualRevenue > 50'));
    expect(counted).toEqual({ totalSize: 2, done: true, records: [] });
  });

  test('objects and fields that only the data knows can be asked for', () => {
    const visited = visit(salesforce, { data: ORG });
    expect(select(visited, 'SELECT Total__c FROM Invoice__c WHERE Total__c = 7')).toHaveLength(1);
  });

  test.each([
    ['', 1, "unexpected token: '<EOF>'"],
    ['SELECT', 7, "unexpected token: '<EOF>'"],
    ['SELECT * FROM Account', 8, "unexpected token: '*'"],
    ['SELECT Name', 12, "unexpected token: '<EOF>'"],
    ['SELECT Name, FROM Account', 19, "unexpected token: 'Account'"],
    ['SELECT Name FORM Account', 13, "unexpected token: 'FORM'"],
    ['SELECT Name FROM Account WHERE', 31, "unexpected token: '<EOF>'"],
    ["SELECT Name FROM Account WHERE Name == 'x'", 38, "unexpected token: '='"],
    ['SELECT Name FROM Account WHERE Name = "x"', 39, `unexpected token: '"'`],
    ["SELECT Name FROM Account WHERE Name = 'x", 39, "unexpected token: '''"],
    ['SELECT Name FROM Account WHERE Name = x', 39, "unexpected token: 'x'"],
    ['SELECT Name FROM Account WHERE Name IN ()', 41, "unexpected token: ')'"],
    ["SELECT Name FROM Account WHERE Name = 'x' AND", 46, "unexpected token: '<EOF>'"],
    ["SELECT Name FROM Account WHERE Name='a' AND Name='b' OR Name='c'", 54, "unexpected token: 'OR'"],
    ["SELECT Name FROM Account WHERE (Name='a'", 41, "unexpected token: '<EOF>'"],
    ['SELECT Name FROM Account WHERE CreatedDate > 2026-99-99', 46, "unexpected token: '2026-99-99'"],
    ['SELECT Name FROM Account WHERE CreatedDate = TODAY', 46, "unexpected token: 'TODAY'"],
    ['SELECT Name FROM Account LIMIT many', 32, "unexpected token: 'many'"],
    ['SELECT Name FROM Account LIMIT -1', 32, "unexpected token: '-1'"],
    ['SELECT Name FROM Account a', 26, "unexpected token: 'a'"],
    ['SELECT COUNT(Id) FROM Account', 14, "unexpected token: 'Id'"],
    ['SELECT MAX(Amount) FROM Opportunity', 8, "unexpected token: 'MAX'"],
    ['SELECT Name FROM Account; DELETE', 25, "unexpected token: ';'"],
    ['DELETE FROM Account', 1, "unexpected token: 'DELETE'"],
  ])('%j is malformed at column %i', (soql, column, said) => {
    const exchange = query(visit(salesforce), soql);
    expect(exchange.answer.status).toBe(400);
    const [error] = exchange.answer.body as { errorCode: string; message: string }[];
    expect(error?.errorCode).toBe('MALFORMED_QUERY');
    const lines = error?.message.split('\n') ?? [];
    expect(lines.slice(-2)).toEqual([`ERROR at Row:1:Column:${column}`, said]);
    expect(lines.at(-3)?.indexOf('^')).toBe(column - 1);
  });

  test.each([
    ['SELECT Nmae FROM Account', 'INVALID_FIELD', "No such column 'Nmae' on entity 'Account'."],
    [
      "SELECT Name FROM Account WHERE Foo = 'x'",
      'INVALID_FIELD',
      "No such column 'Foo' on entity 'Account'.",
    ],
    ['SELECT Name FROM Account ORDER BY Foo', 'INVALID_FIELD', "No such column 'Foo' on entity 'Account'."],
    [
      "SELECT Name FROM Account WHERE NOT (Foo = 'x')",
      'INVALID_FIELD',
      "No such column 'Foo' on entity 'Account'.",
    ],
    ['SELECT Owner.Name FROM Account', 'INVALID_FIELD', "No such column 'Owner.Name' on entity 'Account'."],
    ['SELECT Id FROM Acount', 'INVALID_TYPE', "sObject type 'Acount' is not supported."],
  ])('%s is refused', (soql, errorCode, said) => {
    const { answer } = query(visit(salesforce), soql);
    expect(answer).toMatchObject({
      status: 400,
      body: [{ errorCode, message: expect.stringContaining(said) }],
    });
  });

  test('the parser answers whatever it is given', () => {
    const words = [
      'SELECT',
      'FROM',
      'WHERE',
      'Name',
      ',',
      '(',
      ')',
      "'x'",
      "'",
      'IN',
      'NOT',
      'AND',
      '=',
      '9',
      '\\',
    ];
    const soql = fc.array(fc.oneof(fc.constantFrom(...words), fc.string()));
    const answers = fc.property(soql, (parts) => typeof parseSoql(`SELECT ${parts.join(' ')}`) === 'object');
    fc.assert(answers, { seed: 53, numRuns: 2000 });
  });

  test('a large result comes in batches that a cursor continues, as they were when it began', () => {
    const Account = Array.from({ length: 450 }, (_, index) => ({
      Id: `00100000000${1000 + index}`,
      Name: `n${index}`,
    }));
    const visited = visit(salesforce, { data: { Account } });
    const headers = { 'sforce-query-options': 'batchSize=200' };
    const pages = [bodyOf(query(visited, 'SELECT Name FROM Account', headers))];
    visited.call(`${ACCOUNT}/${Account[300]?.Id}`, { method: 'DELETE' });
    for (let url = pages[0]?.nextRecordsUrl; typeof url === 'string'; url = pages.at(-1)?.nextRecordsUrl) {
      pages.push(bodyOf(visited.call(url, { headers })));
    }
    expect(pages.map(({ done, totalSize }) => [done, totalSize])).toEqual([
      [false, 450],
      [false, 450],
      [true, 450],
    ]);
    const seen = pages.flatMap(({ records }) => records as Row[]).map(({ Name }) => Name);
    expect(seen).toEqual(Account.map(({ Name }) => Name));
    const other = visited.connect('other-user', 'acme');
    const stolen = visited.call(String(pages[0]?.nextRecordsUrl), { token: other.accessToken });
    expect(stolen.answer.body).toMatchObject([{ errorCode: 'INVALID_QUERY_LOCATOR' }]);
    expect(visited.call(`${API}/query/01gnothing-200`).answer.status).toBe(400);
    expect(visited.call(`${API}/sobjects/query%20cursors/describe`).answer.status).toBe(404);
    const exact = bodyOf(query(visited, 'SELECT Name FROM Account LIMIT 200', headers));
    expect(exact).toMatchObject({ done: true, totalSize: 200 });
    const all = bodyOf(query(visited, 'SELECT Name FROM Account'));
    expect(all).toMatchObject({ done: true, totalSize: 449 });
  });
});

describe('records', () => {
  test('are created, read, changed and deleted, and say what the caller supplied', () => {
    const visited = visit(salesforce);
    const { call, advance } = visited;
    const created = call(ACCOUNT, {
      method: 'POST',
      body: { name: 'Elm', AnnualRevenue: 5, Tier__c: 'gold' },
    });
    expect(created.answer.status).toBe(201);
    const { id, ...rest } = bodyOf(created);
    expect(rest).toEqual({ success: true, errors: [] });
    expect(id).toMatch(/^001[A-Za-z0-9]{15}$/);
    expect(created.writes).toEqual([
      { place: 'Account', cells: { Name: 'Elm', AnnualRevenue: '5', Tier__c: 'gold' } },
    ]);
    advance(MINUTE);
    const changed = call(`${ACCOUNT}/${short(String(id))}`, {
      method: 'PATCH',
      body: { attributes: { type: 'Account' }, Industry: 'Media' },
    });
    expect(changed.answer).toMatchObject({ status: 204, body: '' });
    expect(changed.writes).toEqual([{ place: `Account/${id}`, cells: { Industry: 'Media' } }]);
    expect(bodyOf(call(`${ACCOUNT}/${id}`))).toMatchObject({
      attributes: { type: 'Account', url: `${ACCOUNT}/${id}` },
      Name: 'Elm',
      Industry: 'Media',
      Tier__c: 'gold',
      Website: null,
      LastModifiedDate: '2026-03-02T22:01:00.000Z',
    });
    expect(Object.keys(bodyOf(call(`${ACCOUNT}/${id}?fields=Industry`)))).toEqual([
      'attributes',
      'Id',
      'Industry',
    ]);
    const deleted = call(`${ACCOUNT}/${id}`, { method: 'DELETE' });
    expect(deleted.answer.status).toBe(204);
    expect(deleted.writes).toEqual([{ place: `Account/${id}`, cells: { deleted: 'true' } }]);
    for (const method of ['GET', 'PATCH', 'DELETE']) {
      expect(call(`${ACCOUNT}/${id}`, { method, body: {} }).answer.status, method).toBe(404);
    }
  });

  test.each([
    ['POST', '', 'not json', 'JSON_PARSER_ERROR'],
    ['POST', '', [{ Name: 'x' }], 'JSON_PARSER_ERROR'],
    ['POST', '', { Industry: 'Media' }, 'REQUIRED_FIELD_MISSING'],
    ['POST', '', { Name: null }, 'REQUIRED_FIELD_MISSING'],
    ['POST', '', { Name: 'x', Nmae: 'y' }, 'INVALID_FIELD'],
    ['PATCH', `/${A1}`, { Id: A1, Name: 'x' }, 'INVALID_FIELD'],
    ['GET', `/${A1}?fields=Nmae`, undefined, 'INVALID_FIELD'],
  ])('%s %s with %j is refused and writes nothing', (method, path, body, errorCode) => {
    const visited = visit(salesforce, { data: ORG });
    const before = select(visited, 'SELECT Id, Name FROM Account');
    const exchange = visited.call(`${ACCOUNT}${path}`, { method, body });
    expect(exchange.answer).toMatchObject({ status: 400, body: [{ errorCode }] });
    expect(exchange.writes).toEqual([]);
    expect(select(visited, 'SELECT Id, Name FROM Account')).toEqual(before);
  });

  test('every version from 30.0 to 70.0 answers, and no other', () => {
    const { call } = visit(salesforce);
    const status = (version: string) =>
      call(`/services/data/v${version}/sobjects/Account/describe`).answer.status;
    for (let version = 30; version <= 70; version++) expect(status(`${version}.0`)).toBe(200);
    for (const version of ['29.0', '71.0', '060.5', 'x.0']) expect(status(version)).not.toBe(200);
    const listed = call('/services/data', { token: null }).answer.body as Row[];
    expect(listed).toHaveLength(41);
    expect(listed).toContainEqual({ label: "Spring '24", url: API, version: '60.0' });
    expect(listed).toContainEqual({ label: "Winter '25", url: '/services/data/v62.0', version: '62.0' });
  });

  test('an object describes its fields, those of the data included', () => {
    const { call } = visit(salesforce, { data: ORG });
    const described = bodyOf(call(`${API}/sobjects/account/describe`));
    const fields = (described.fields as { name: string }[]).map(({ name }) => name);
    expect(described).toMatchObject({ name: 'Account', keyPrefix: '001' });
    expect(fields).toEqual(expect.arrayContaining(['Id', 'Name', 'Industry', 'Active__c']));
    expect(call(`${API}/sobjects/Acount/describe`).answer.status).toBe(404);
  });

  test('orgs do not see each other', () => {
    const visited = visit(salesforce);
    const other = visited.connect('globex-salesforce', 'globex');
    const [mine] = select(visited, 'SELECT Id FROM Account LIMIT 1');
    const seen = visited.call(`${ACCOUNT}/${mine?.Id}`, { token: other.accessToken });
    expect(seen.answer).toMatchObject({ status: 404, body: [{ errorCode: 'NOT_FOUND' }] });
  });
});

describe('encoding', () => {
  test('XML keeps what would be markup', () => {
    const request = { method: 'POST', host: '', path: '/', query: { format: 'xml' }, headers: {}, body: '' };
    expect(oauthAnswer(request, 200, { id: 'https://a/?b=1&c=<2>' }).body).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><OAuth><id>https://a/?b=1&amp;c=&lt;2&gt;</id></OAuth>',
    );
  });
});

describe('ids', () => {
  test.each([
    ['001D000000IqhSL', '001D000000IqhSLIAZ'],
    ['00D000000000062', '00D000000000062EAA'],
    ['0015000000Gv7qJ', '0015000000Gv7qJAAR'],
  ])('%s is %s', (fifteen, eighteen) => {
    expect(long(fifteen)).toBe(eighteen);
    expect(short(eighteen)).toBe(fifteen);
    expect(long(eighteen.toUpperCase())).toBe(eighteen);
    expect(long(eighteen.toLowerCase())).toBe(eighteen);
  });

  test('what is no id stays as it is', () => {
    for (const text of ['', 'acc-1', '001', 'a b c d e f g h', '001D000000IqhSLxyz'])
      expect(long(text)).toBe(text);
  });
});
