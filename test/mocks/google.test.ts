// What is special about Google: ranges and tables, consents that earn a refresh token, and the silent ends of a grant.

import { describe, expect, test } from 'vitest';
import type { JsonObject, Request } from '../../mocks/http.ts';
import { createProvider } from '../../mocks/provider.ts';
import { seededRandomness } from '../../mocks/randomness.ts';
import type { Service } from '../../mocks/service.ts';
import { formatRange, parseRange } from '../../mocks/services/google/a1.ts';
import { parseQuery } from '../../mocks/services/google/drive-query.ts';
import { lastTable } from '../../mocks/services/google/grid.ts';
import google from '../../mocks/services/google/index.ts';

const START_MS = Date.parse('2026-03-02T22:00:00.000Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const GMAIL = 'https://www.googleapis.com/auth/gmail.readonly';
const SHEETS = 'https://www.googleapis.com/auth/spreadsheets';
const SHEETS_READONLY = 'https://www.googleapis.com/auth/spreadsheets.readonly';

const HEADER = ['deal_id', 'deal_name', 'amount'];

function open(service: Service = google, scopes: readonly string[] = service.scopes) {
  const spreadsheets = [
    { spreadsheetId: 's1', properties: { title: 'Q1' }, sheets: { Report: [HEADER], 'My sheet': [] } },
    { spreadsheetId: 's2', properties: { title: 'Q2 notes' }, sheets: { Sheet1: [] } },
  ];
  const provider = createProvider(service, {
    origin: 'http://127.0.0.1:1',
    randomness: seededRandomness(7),
    data: { spreadsheets },
  });
  const { account } = provider.connect({ id: 'acme-google', tenant: 'acme', atMs: START_MS, scopes });
  let exchanges = 0;
  const send = (request: Partial<Request> & { path: string }, nowMs: number) => {
    exchanges++;
    const { search, pathname, searchParams } = new URL(request.path, 'http://mock.invalid');
    const path = search === '' ? request.path : pathname;
    const whole = { method: 'GET', host: '', headers: {}, body: '', ...request, path };
    return provider.handle({ ...whole, query: Object.fromEntries(searchParams) }, nowMs, `x${exchanges}`);
  };
  const call = (
    method: string,
    path: string,
    body?: unknown,
    nowMs = START_MS,
    token = account.accessToken,
  ) =>
    send(
      {
        method,
        path,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: body === undefined ? '' : JSON.stringify(body),
      },
      nowMs,
    );
  const form = (path: string, fields: Record<string, string>, nowMs = START_MS) =>
    send({ method: 'POST', path, body: new URLSearchParams(fields).toString() }, nowMs);
  const refresh = (refreshToken: string | null, nowMs: number) =>
    form(
      '/token',
      {
        grant_type: 'refresh_token',
        refresh_token: refreshToken ?? '',
        client_id: account.clientId,
        client_secret: account.clientSecret ?? '',
      },
      nowMs,
    );
  const consent = (query: Record<string, string>, nowMs = START_MS) => {
    const all = new URLSearchParams({
      response_type: 'code',
      client_id: account.clientId,
      redirect_uri: 'http://127.0.0.1:8000/',
      login_hint: account.id,
      ...query,
    });
    const { answer } = send({ path: `/o/oauth2/v2/auth?${all}` }, nowMs);
    const code = new URL(answer.headers.location ?? '').searchParams.get('code') ?? '';
    return bodyOf(
      form(
        '/token',
        {
          grant_type: 'authorization_code',
          code,
          redirect_uri: 'http://127.0.0.1:8000/',
          client_id: account.clientId,
          client_secret: account.clientSecret ?? '',
        },
        nowMs,
      ),
    );
  };
  return { provider, account, send, call, form, refresh, consent };
}

const bodyOf = (exchange: { answer: { body: unknown } }) => exchange.answer.body as JsonObject;
const errorOf = (exchange: { answer: { body: unknown } }) => bodyOf(exchange).error as JsonObject;

describe('A1 notation', () => {
  const sheets = ['Report', 'My sheet', "Bob's", 'A1', '2026'];
  test.each([
    ['Report!A:G', 'Report', [0, 0, null, 7]],
    ['report!a1:b2', 'Report', [0, 0, 2, 2]],
    ["'My sheet'!A1:B2", 'My sheet', [0, 0, 2, 2]],
    ['My sheet!B3', 'My sheet', [2, 1, 3, 2]],
    ["'Bob''s'!A5:A", "Bob's", [4, 0, null, 1]],
    ["'Bob''s'", "Bob's", [0, 0, null, null]],
    ['Report!1:2', 'Report', [0, 0, 2, null]],
    ['Report!$A$1:$C', 'Report', [0, 0, null, 3]],
    ['Report!B2:A1', 'Report', [0, 0, 2, 2]],
    ['Report', 'Report', [0, 0, null, null]],
    ['2026!A1', '2026', [0, 0, 1, 1]],
    ['A1', 'Report', [0, 0, 1, 1]],
    ["'A1'", 'A1', [0, 0, null, null]],
    ['AA10:AB', 'Report', [9, 26, null, 28]],
  ] as const)('%s is read', (text, sheet, [top, left, bottom, right]) => {
    expect(parseRange(text, sheets)).toEqual({ sheet, box: { top, left, bottom, right } });
  });

  test.each(['Nowhere!A1', 'Report!', 'Report!A', 'Report!A0', 'Report!A1:', 'Report!A:5', 'ABCD1', ''])(
    '%s cannot be read',
    (text) => {
      expect(parseRange(text, sheets)).toBeNull();
    },
  );

  test('a formatted range reads back as itself', () => {
    for (const sheet of sheets) {
      for (const box of [
        { top: 0, left: 0, bottom: 1, right: 1 },
        { top: 4, left: 25, bottom: 1000, right: 27 },
        { top: 0, left: 700, bottom: 3, right: 703 },
      ]) {
        expect(parseRange(formatRange(sheet, box), sheets)).toEqual({ sheet, box });
      }
    }
    const cell = { top: 0, left: 26, bottom: 1, right: 27 };
    expect(formatRange('My sheet', cell)).toBe("'My sheet'!AA1");
  });
});

// The example of the API's guide to appending: two tables, A1:C2 and B4:D6, on one sheet.
test.each([
  ['Sheet1', 'B4:D6'],
  ['B4', 'B4:D6'],
  ['C5:D5', 'B4:D6'],
  ['B2:D4', 'B4:D6'],
  ['A1', 'A1:C2'],
  ['E4', null],
  ['A4', null],
])('an append to %s finds the table %s', (range, table) => {
  const rows = [
    ['x', 'y', 'z'],
    ['x', 'y', 'z'],
    [],
    ['', 'x', 'y', 'z'],
    ['', 'y', 'z'],
    ['', 'x', 'y', 'z'],
  ];
  const box = parseRange(range, ['Sheet1'])?.box ?? expect.unreachable();
  const { top, left, bottom, right } = box;
  const found = lastTable(rows, { top, left, bottom: bottom ?? 1000, right: right ?? 26 });
  expect(found === null ? null : formatRange('Sheet1', found)).toBe(
    table === null ? null : `Sheet1!${table}`,
  );
});

test('cells that touch at a corner are one table', () => {
  const all = { top: 0, left: 0, bottom: 1000, right: 26 };
  expect(lastTable([['x'], ['', 'y']], all)).toEqual({ top: 0, left: 0, bottom: 2, right: 2 });
  expect(lastTable([['', 'y'], ['x']], all)).toEqual({ top: 0, left: 0, bottom: 2, right: 2 });
});

describe('values', () => {
  test('an append goes below the table, says where, and is recorded by the names of the header row', () => {
    const { call } = open();
    const path = '/v4/spreadsheets/s1/values/Report!A:C:append?valueInputOption=USER_ENTERED';
    const first = call('POST', path, { values: [['17', 'Ärger & Söhne', '0010.50']] });
    expect(bodyOf(first)).toEqual({
      spreadsheetId: 's1',
      tableRange: 'Report!A1:C1',
      updates: {
        spreadsheetId: 's1',
        updatedRange: 'Report!A2:C2',
        updatedRows: 1,
        updatedColumns: 3,
        updatedCells: 3,
      },
    });
    expect(first.writes).toEqual([
      { place: 's1/Report', cells: { deal_id: '17', deal_name: 'Ärger & Söhne', amount: '0010.50' } },
    ]);
    const second = call('POST', path, {
      values: [
        ['18', 'b', ''],
        ['19', null, 3, 'x'],
      ],
    });
    expect(bodyOf(second).tableRange).toBe('Report!A1:C2');
    expect(second.writes.map(({ cells }) => cells)).toEqual([
      { deal_id: '18', deal_name: 'b', amount: '' },
      { deal_id: '19', amount: '3', D: 'x' },
    ]);
    expect(bodyOf(call('GET', '/v4/spreadsheets/s1/values/Report'))).toEqual({
      range: 'Report!A1:Z1000',
      majorDimension: 'ROWS',
      values: [HEADER, ['17', 'Ärger & Söhne', '10.5'], ['18', 'b'], ['19', '', '3', 'x']],
    });
  });

  test('an empty range has no values, and a range on an empty sheet appends at its corner without a tableRange', () => {
    const { call } = open();
    const empty = bodyOf(call('GET', "/v4/spreadsheets/s1/values/'My%20sheet'!B2:C3"));
    expect(empty).toEqual({ range: "'My sheet'!B2:C3", majorDimension: 'ROWS' });
    const path = "/v4/spreadsheets/s1/values/'My%20sheet'!B2:append?valueInputOption=RAW";
    const appended = call('POST', path, { values: [['x']] });
    expect(bodyOf(appended).tableRange).toBeUndefined();
    expect((bodyOf(appended).updates as JsonObject).updatedRange).toBe("'My sheet'!B2");
    expect(appended.writes).toEqual([{ place: 's1/My sheet', cells: { B: 'x' } }]);
  });

  test('an update leaves null cells alone, clears empty ones, and may be read by columns', () => {
    const { call } = open();
    const put = (range: string, body: unknown) =>
      call('PUT', `/v4/spreadsheets/s1/values/${range}?valueInputOption=RAW`, body);
    put('Report!A2:C3', {
      values: [
        ['1', '2', '3'],
        ['4', '5', '6'],
      ],
    });
    const changed = put('Report!A2', {
      majorDimension: 'COLUMNS',
      values: [
        ['9', null],
        [null, ''],
      ],
    });
    expect(bodyOf(changed)).toEqual({
      spreadsheetId: 's1',
      updatedRange: 'Report!A2:B3',
      updatedRows: 2,
      updatedColumns: 2,
      updatedCells: 2,
    });
    const columns = bodyOf(call('GET', '/v4/spreadsheets/s1/values/Report!A2:C?majorDimension=COLUMNS'));
    expect(columns.values).toEqual([['9', '4'], ['2'], ['3', '6']]);
  });

  test('writing the header row itself is recorded by column letters', () => {
    const { call } = open();
    const path = '/v4/spreadsheets/s1/values/Report!B1?valueInputOption=RAW';
    const { writes } = call('PUT', path, { values: [['title', 'sum']] });
    expect(writes).toEqual([{ place: 's1/Report', cells: { B: 'title', C: 'sum' } }]);
  });

  test('INSERT_ROWS makes room, OVERWRITE does not', () => {
    for (const [option, third] of [
      ['INSERT_ROWS', 'below'],
      ['OVERWRITE', undefined],
    ] as const) {
      const { call } = open();
      call('PUT', '/v4/spreadsheets/s2/values/A1:A3?valueInputOption=RAW', {
        values: [['top'], [''], ['below']],
      });
      const path = `/v4/spreadsheets/s2/values/A1:append?valueInputOption=RAW&insertDataOption=${option}`;
      call('POST', path, { values: [['new'], ['newer']] });
      const values = bodyOf(call('GET', '/v4/spreadsheets/s2/values/A1:A9')).values as string[][];
      expect(values[1]).toEqual(['new']);
      expect(values[2]).toEqual(['newer']);
      expect(values.flat().includes('below')).toBe(third === 'below');
    }
  });

  test('batches read and write several ranges, all or nothing', () => {
    const { call } = open();
    const path = '/v4/spreadsheets/s1/values:batchUpdate';
    const data = [
      { range: 'Report!A2', values: [['1', 'one']] },
      { range: "'My sheet'!A1", values: [['x'], ['y']] },
    ];
    const refused = call('POST', path, { valueInputOption: 'RAW', data: [...data, { range: 'Nowhere!A1' }] });
    expect(refused.answer.status).toBe(400);
    expect(refused.writes).toEqual([]);
    const ranges = "/v4/spreadsheets/s1/values:batchGet?ranges=Report!A2:B2,'My sheet'!A1:A2";
    const before = bodyOf(call('GET', ranges)).valueRanges as JsonObject[];
    expect(before.map(({ values }) => values)).toEqual([undefined, undefined]);
    const done = call('POST', path, { valueInputOption: 'RAW', data });
    expect(bodyOf(done)).toMatchObject({
      totalUpdatedRows: 3,
      totalUpdatedColumns: 3,
      totalUpdatedCells: 4,
      totalUpdatedSheets: 2,
    });
    expect(done.writes.map(({ place }) => place)).toEqual(['s1/Report', 's1/My sheet', 's1/My sheet']);
    const after = bodyOf(call('GET', ranges)).valueRanges as JsonObject[];
    expect(after.map(({ values }) => values)).toEqual([[['1', 'one']], [['x'], ['y']]]);
  });

  test('a clear empties the cells and keeps the others', () => {
    const { call } = open();
    const cleared = call('POST', '/v4/spreadsheets/s1/values/Report!B1:clear');
    expect(bodyOf(cleared)).toEqual({ spreadsheetId: 's1', clearedRange: 'Report!B1' });
    expect(bodyOf(call('GET', '/v4/spreadsheets/s1/values/Report!A1:C1')).values).toEqual([
      ['deal_id', '', 'amount'],
    ]);
    call('POST', '/v4/spreadsheets/s1/values/Report!A1:C1:clear');
    expect(bodyOf(call('GET', '/v4/spreadsheets/s1/values/Report'))).not.toHaveProperty('values');
  });

  test('USER_ENTERED values become what a person would have typed, RAW ones stay text', () => {
    const typed = ['true', 'FALSE', ' 007 ', '-1.5e3', "'42", '2026-03-02', '1 000', '=A1'];
    const cells = (option: string) => {
      const { call } = open();
      call('PUT', `/v4/spreadsheets/s2/values/A1?valueInputOption=${option}`, { values: [typed] });
      const path = '/v4/spreadsheets/s2/values/A1:Z1?valueRenderOption=UNFORMATTED_VALUE';
      return bodyOf(call('GET', path)).values;
    };
    expect(cells('USER_ENTERED')).toEqual([[true, false, 7, -1500, '42', '2026-03-02', '1 000', '=A1']]);
    expect(cells('RAW')).toEqual([typed]);
  });

  test.each([
    ['GET', 'Nowhere!A1', undefined, 'Unable to parse range: Nowhere!A1'],
    [
      'GET',
      'Report!AA1',
      undefined,
      'Range (Report!AA1) exceeds grid limits. Max rows: 1000, max columns: 26',
    ],
    [
      'GET',
      'Report!A1001:B1002',
      undefined,
      'Range (Report!A1001) exceeds grid limits. Max rows: 1000, max columns: 26',
    ],
    ['PUT', 'Report!A1', { values: [['x']] }, "'valueInputOption' is required but not specified"],
    [
      'PUT',
      'Report!A1?valueInputOption=OTHER',
      { values: [['x']] },
      'Invalid value at \'value_input_option\': "OTHER"',
    ],
    [
      'PUT',
      'Report!A1:B1?valueInputOption=RAW',
      { values: [['x', 'y', 'z']] },
      'Requested writing within range [Report!A1:B1], but tried writing to column [C]',
    ],
    [
      'PUT',
      'Report!A1:B2?valueInputOption=RAW',
      { values: [['x'], ['y'], ['z']] },
      'Requested writing within range [Report!A1:B2], but tried writing to row [3]',
    ],
  ])('%s %s is refused: %#', (method, range, body, message) => {
    const { call } = open();
    const exchange = call(method, `/v4/spreadsheets/s1/values/${range}`, body);
    expect(exchange.answer.status).toBe(400);
    expect(errorOf(exchange)).toEqual({ code: 400, message, status: 'INVALID_ARGUMENT' });
    expect(bodyOf(call('GET', '/v4/spreadsheets/s1/values/Report')).values).toEqual([HEADER]);
  });
});

describe('spreadsheets and files', () => {
  test('a new spreadsheet can be filled and found', () => {
    const { call } = open(google, [SHEETS, 'https://www.googleapis.com/auth/drive.readonly']);
    const created = bodyOf(
      call('POST', '/v4/spreadsheets', {
        properties: { title: 'Fresh report' },
        sheets: [{ properties: { title: 'Data' } }],
      }),
    );
    const id = String(created.spreadsheetId);
    const batch = {
      requests: [
        { addSheet: { properties: { title: 'More' } } },
        {
          appendCells: {
            sheetId: 1,
            rows: [
              {
                values: [
                  { userEnteredValue: { stringValue: 'a' } },
                  { userEnteredValue: { numberValue: 2 } },
                ],
              },
            ],
          },
        },
        {
          updateCells: {
            start: { sheetId: 1, rowIndex: 1 },
            rows: [{ values: [{ userEnteredValue: { boolValue: true } }] }],
          },
        },
      ],
    };
    const done = call('POST', `/v4/spreadsheets/${id}:batchUpdate`, batch);
    expect(done.answer.status).toBe(200);
    expect((bodyOf(done).replies as JsonObject[]).length).toBe(3);
    expect(bodyOf(call('GET', `/v4/spreadsheets/${id}/values/More`)).values).toEqual([['a', '2'], ['TRUE']]);
    const sheets = bodyOf(call('GET', `/v4/spreadsheets/${id}`)).sheets as {
      properties: { title: string };
    }[];
    expect(sheets.map(({ properties }) => properties.title)).toEqual(['Data', 'More']);
    const listed = bodyOf(call('GET', "/drive/v3/files?q=name contains 'fresh' and trashed = false"));
    expect(listed.files).toEqual([
      { kind: 'drive#file', mimeType: 'application/vnd.google-apps.spreadsheet', id, name: 'Fresh report' },
    ]);
  });

  test('a batch that this mock does not know is loud, and one bad request undoes the batch', () => {
    const { call } = open();
    const unknown = call('POST', '/v4/spreadsheets/s1:batchUpdate', { requests: [{ mergeCells: {} }] });
    expect(unknown.truth).toBe('unmodelled');
    expect(JSON.stringify(unknown.answer.body)).toContain('mergeCells');
    const bad = call('POST', '/v4/spreadsheets/s1:batchUpdate', {
      requests: [{ addSheet: { properties: { title: 'New' } } }, { appendCells: { sheetId: 9 } }],
    });
    expect(errorOf(bad).message).toBe('Invalid requests[1].appendCells: No grid with id: 9');
    expect(call('GET', '/v4/spreadsheets/s1/values/New!A1').answer.status).toBe(400);
  });

  test('files are listed in pages', () => {
    const { call } = open();
    const first = bodyOf(call('GET', '/drive/v3/files?pageSize=1'));
    const next = bodyOf(call('GET', `/drive/v3/files?pageSize=1&pageToken=${first.nextPageToken}`));
    expect([first, next].flatMap(({ files }) => (files as JsonObject[]).map(({ id }) => id))).toEqual([
      's1',
      's2',
    ]);
    expect(next.nextPageToken).toBeUndefined();
  });

  test.each([
    ["name = 'Bob\\'s and Ann\\'s'", true],
    ["name != 'x' and mimeType = 'text/plain'", true],
    ["name contains 'ann'", true],
    ["name contains 'nn'", false],
    ["'root' in parents and trashed=false", true],
    ["trashed=false and ('root' in parents)", true],
    ["trashed = true and name contains 'Bob'", false],
    ['trashed != true', true],
    ['trashed != false', false],
    ["colour = 'red'", null],
    ["name = 'x' name = 'y'", null],
    ["name = 'x' and", null],
  ])('the query %s', (query, wanted) => {
    const filter = parseQuery(query);
    const file = { name: "Bob's and Ann's", mimeType: 'text/plain', parents: ['root'] };
    expect(filter === null ? null : filter(file)).toBe(wanted);
  });

  test("another tenant's spreadsheet is forbidden to Sheets, missing to Drive; an unknown one is missing to both", () => {
    const provider = createProvider(google, {
      origin: 'http://127.0.0.1:1',
      randomness: seededRandomness(7),
    });
    const connect = (tenant: string) =>
      provider.connect({ id: `${tenant}-google`, tenant, atMs: START_MS }).account.accessToken;
    const authorization = `Bearer ${connect('acme')}`;
    connect('globex');
    const get = (path: string) =>
      provider.handle(
        { method: 'GET', host: '', path, query: {}, headers: { authorization }, body: '' },
        START_MS,
        path,
      );
    expect(get('/v4/spreadsheets/report-acme').answer.status).toBe(200);
    const foreign = get('/v4/spreadsheets/report-globex');
    expect([foreign.answer.status, foreign.truth]).toEqual([403, 'other-tenant']);
    expect(errorOf(foreign).message).toBe('The caller does not have permission');
    expect(get('/drive/v3/files/report-globex').answer.status).toBe(404);
    expect(get('/v4/spreadsheets/nowhere').answer.status).toBe(404);
  });
});

describe('tokens', () => {
  test('an hour is stated as 3599 seconds and lasts to its last millisecond', () => {
    const { call, refresh, account } = open();
    const body = bodyOf(refresh(account.refreshToken, START_MS));
    expect(body.expires_in).toBe(3599);
    expect(body).not.toHaveProperty('refresh_token');
    expect(body).not.toHaveProperty('refresh_token_expires_in');
    const token = String(body.access_token);
    expect(call('GET', '/v4/spreadsheets/s1', undefined, START_MS + HOUR - 1, token).answer.status).toBe(200);
    expect(call('GET', '/v4/spreadsheets/s1', undefined, START_MS + HOUR, token).answer.status).toBe(401);
  });

  test('expired and revoked are told in the same words, the truth differs', () => {
    const expired = open();
    const first = expired.call('GET', '/v4/spreadsheets/s1', undefined, START_MS + HOUR);
    const revoked = open();
    revoked.provider.act(revoked.account.id, { act: 'revoke' }, START_MS);
    const second = revoked.call('GET', '/v4/spreadsheets/s1', undefined, START_MS + HOUR);
    expect(first.answer).toEqual(second.answer);
    expect([first.truth, second.truth]).toEqual(['expired', 'revoked-by-user']);
    expect(errorOf(first)).toMatchObject({
      status: 'UNAUTHENTICATED',
      details: [{ reason: 'ACCESS_TOKEN_EXPIRED', metadata: { service: 'sheets.googleapis.com' } }],
    });
  });

  test('revoked, idle and evicted are one invalid_grant, byte for byte', () => {
    const revoked = open();
    revoked.provider.act(revoked.account.id, { act: 'revoke' }, START_MS);
    const idle = open();
    const evicted = open();
    for (let n = 0; n < 100; n++) evicted.consent({ access_type: 'offline', prompt: 'consent' });
    const exchanges = [
      revoked.refresh(revoked.account.refreshToken, START_MS),
      idle.refresh(idle.account.refreshToken, START_MS + 183 * DAY),
      evicted.refresh(evicted.account.refreshToken, START_MS),
    ];
    expect(exchanges.map(({ truth }) => truth)).toEqual(['revoked-by-user', 'idle', 'evicted']);
    for (const { answer } of exchanges) expect(answer).toEqual(exchanges[0]?.answer);
    expect(exchanges[0]?.answer.body).toEqual({
      error: 'invalid_grant',
      error_description: 'Token has been expired or revoked.',
    });
  });

  test('use keeps a refresh token alive over the six months', () => {
    const { refresh, account } = open();
    expect(refresh(account.refreshToken, START_MS + 182 * DAY).truth).toBe('ok');
    expect(refresh(account.refreshToken, START_MS + 364 * DAY).truth).toBe('ok');
    expect(refresh(account.refreshToken, START_MS + (364 + 183) * DAY - 1).truth).toBe('ok');
    expect(refresh(account.refreshToken, START_MS + (364 + 366) * DAY).truth).toBe('idle');
  });

  test('the hundred and first grant evicts the first, silently, and only its refresh token', () => {
    const { call, refresh, consent, account } = open();
    const offline = { access_type: 'offline', prompt: 'consent' };
    const tokens = Array.from({ length: 99 }, () => String(consent(offline).refresh_token));
    expect(refresh(account.refreshToken, START_MS).truth).toBe('ok');
    const last = consent(offline);
    expect(refresh(account.refreshToken, START_MS).truth).toBe('evicted');
    expect(call('GET', '/v4/spreadsheets/s1').answer.status).toBe(200);
    expect(refresh(tokens[0] ?? '', START_MS).truth).toBe('ok');
    expect(refresh(String(last.refresh_token), START_MS).truth).toBe('ok');
    consent(offline);
    expect(refresh(tokens[0] ?? '', START_MS).truth).toBe('evicted');
  });

  test('a refresh token needs offline access, and a consent that is new', () => {
    const { consent, provider, account } = open();
    expect(consent({})).not.toHaveProperty('refresh_token');
    expect(consent({ access_type: 'offline' })).not.toHaveProperty('refresh_token');
    expect(consent({ prompt: 'consent' })).not.toHaveProperty('refresh_token');
    expect(consent({ access_type: 'offline', prompt: 'select_account consent' })).toHaveProperty(
      'refresh_token',
    );
    provider.act(account.id, { act: 'revoke' }, START_MS);
    expect(consent({ access_type: 'offline' })).toHaveProperty('refresh_token');
    expect(consent({ access_type: 'offline' })).not.toHaveProperty('refresh_token');
  });

  test('an idle grant is still a consent: without prompt=consent no new refresh token comes', () => {
    const { consent } = open();
    const later = START_MS + 200 * DAY;
    expect(consent({ access_type: 'offline' }, later)).not.toHaveProperty('refresh_token');
    expect(consent({ access_type: 'offline', prompt: 'consent' }, later)).toHaveProperty('refresh_token');
  });

  test('the reauthorization URL asks for a new refresh token', () => {
    const { account, send } = open();
    const url = new URL(account.reauthUrl ?? '');
    expect(send({ path: `${url.pathname}${url.search}` }, START_MS).truth).toBe('ok');
    expect(url.searchParams.get('access_type')).toBe('offline');
    expect(url.searchParams.get('prompt')).toBe('consent');
  });

  test('a new password ends a grant with Gmail scopes and no other', () => {
    const sheets = open();
    sheets.provider.act(sheets.account.id, { act: 'change-password' }, START_MS);
    expect(sheets.refresh(sheets.account.refreshToken, START_MS).truth).toBe('ok');
    expect(sheets.call('GET', '/v4/spreadsheets/s1').truth).toBe('ok');
    const mail = open(google, [SHEETS, GMAIL]);
    expect(mail.call('GET', '/gmail/v1/users/me/profile').truth).toBe('ok');
    mail.provider.act(mail.account.id, { act: 'change-password' }, START_MS);
    expect(mail.refresh(mail.account.refreshToken, START_MS).truth).toBe('password-changed');
  });

  test('revoking an access token takes the refresh token with it; a dead one takes nothing', () => {
    const late = open();
    const expired = late.form('/revoke', { token: late.account.accessToken }, START_MS + HOUR);
    expect([expired.answer.status, expired.truth]).toEqual([400, 'expired']);
    const fresh = String(bodyOf(late.refresh(late.account.refreshToken, START_MS + HOUR)).access_token);
    const revoked = late.send({ method: 'POST', path: `/revoke?token=${fresh}` }, START_MS + HOUR);
    expect([revoked.answer.status, revoked.truth]).toEqual([200, 'ok']);
    expect(late.refresh(late.account.refreshToken, START_MS + HOUR).truth).toBe('revoked-by-client');
    const again = late.form('/revoke', { token: fresh }, START_MS + HOUR);
    expect(bodyOf(again)).toEqual({ error: 'invalid_token', error_description: 'Token expired or revoked' });
  });

  test('a read-only token reads, and a write names the scopes it lacks', () => {
    const { call } = open(google, [SHEETS_READONLY]);
    expect(call('GET', '/v4/spreadsheets/s1/values/Report').truth).toBe('ok');
    const refused = call('POST', '/v4/spreadsheets/s1/values/Report:append?valueInputOption=RAW', {
      values: [['x']],
    });
    expect(refused.answer.status).toBe(403);
    expect(refused.answer.headers['www-authenticate']).toContain(`scope="${SHEETS} `);
    expect(errorOf(refused)).toMatchObject({
      details: [
        {
          reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT',
          metadata: { method: 'google.apps.sheets.v4.SpreadsheetsService.AppendValues' },
        },
      ],
    });
  });

  test('tokeninfo tells what is left of a token, and knows no dead one', () => {
    const { send, account } = open();
    const ask = (nowMs: number) => send({ path: `/tokeninfo?access_token=${account.accessToken}` }, nowMs);
    const live = bodyOf(ask(START_MS + 20 * MINUTE));
    expect(live).toMatchObject({
      aud: account.clientId,
      expires_in: '2400',
      exp: String(START_MS / 1000 + 3600),
    });
    expect(ask(START_MS + HOUR).answer).toMatchObject({ status: 400, body: { error: 'invalid_token' } });
  });
});

describe('variants', () => {
  const variant = (id: string) => google.variants[id]?.apply(google) ?? expect.unreachable();

  test('rotating: the second use of a refresh token fails, the new one works', () => {
    const { refresh, account } = open(variant('rotating'));
    const first = bodyOf(refresh(account.refreshToken, START_MS));
    expect(first.refresh_token).not.toBe(account.refreshToken);
    expect(refresh(account.refreshToken, START_MS).truth).toBe('rotated');
    expect(refresh(String(first.refresh_token), START_MS).truth).toBe('ok');
  });

  test('testing: seven days from the consent, however often it is used, and the answer says how long', () => {
    const { refresh, account } = open(variant('testing-7-days'));
    const used = refresh(account.refreshToken, START_MS + 6 * DAY);
    expect(bodyOf(used).refresh_token_expires_in).toBe(86_399);
    expect(refresh(account.refreshToken, START_MS + 7 * DAY - 1).truth).toBe('ok');
    const dead = refresh(account.refreshToken, START_MS + 7 * DAY);
    expect([dead.truth, bodyOf(dead).error]).toEqual(['capped', 'invalid_grant']);
  });

  test('testing: a grant of identity alone lives as it would in production', () => {
    const { refresh, account } = open(variant('testing-7-days'), ['openid', 'email', 'profile']);
    const used = refresh(account.refreshToken, START_MS + 30 * DAY);
    expect(used.truth).toBe('ok');
    expect(bodyOf(used)).not.toHaveProperty('refresh_token_expires_in');
    expect(refresh(account.refreshToken, START_MS + 30 * DAY + 183 * DAY).truth).toBe('idle');
  });

  test('never-for-some: identity alone never ends, anything else does after six idle months', () => {
    const years = START_MS + 3650 * DAY;
    const identity = open(variant('never-for-some'), ['openid', 'email']);
    expect(identity.refresh(identity.account.refreshToken, years).truth).toBe('ok');
    const more = open(variant('never-for-some'), ['openid', ...google.scopes]);
    expect(more.refresh(more.account.refreshToken, START_MS + 183 * DAY).truth).toBe('idle');
  });

  test('other lifetimes are told as they are', () => {
    const short = {
      ...google,
      policy: { ...google.policy, access: { kind: 'fixed', ttlMs: 5 * MINUTE } as const },
    };
    const { refresh, account } = open(short);
    expect(bodyOf(refresh(account.refreshToken, START_MS)).expires_in).toBe(299);
  });
});
