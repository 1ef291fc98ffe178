// What is special about Airtable: a refresh ends what came before, and what one may not see is told as what is not there.

import { describe, expect, test } from 'vitest';
import { neverExpiring } from '../../mocks/policy.ts';
import { baseIdOf, recordIdOf, tableIdOf } from '../../mocks/services/airtable/base.ts';
import airtable from '../../mocks/services/airtable/index.ts';
import { bodyOf, visit } from './visit.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const RECORDS = `/v0/${baseIdOf('acme')}/Tasks`;
const UNAUTHORIZED = { error: { type: 'UNAUTHORIZED', message: 'Invalid authentication token' } };

// A visit that waits a second before each call, as five a second are allowed.
function patientVisit(options: Parameters<typeof visit>[1] = {}) {
  const visited = visit(airtable, options);
  const call: typeof visited.call = (...words) => {
    visited.advance(1000);
    return visited.call(...words);
  };
  return { ...visited, call };
}

describe('tokens', () => {
  test('a refresh ends the access token and the refresh token before it, at once', () => {
    const { call, refresh, account } = visit(airtable);
    expect(call(RECORDS).truth).toBe('ok');
    const fresh = bodyOf(refresh());
    expect(fresh).toMatchObject({ token_type: 'Bearer', expires_in: 3600, refresh_expires_in: 5_184_000 });
    expect(call(RECORDS)).toMatchObject({ truth: 'superseded', answer: { status: 401, body: UNAUTHORIZED } });
    expect(call(RECORDS, { token: String(fresh.access_token) }).truth).toBe('ok');
    expect(refresh(account.refreshToken ?? '')).toMatchObject({
      truth: 'rotated',
      answer: { status: 400, body: { error: 'invalid_grant' } },
    });
    expect(refresh(String(fresh.refresh_token)).truth).toBe('ok');
  });

  test('one that was superseded and one that expired are told alike', () => {
    const { call, advance } = visit(airtable);
    advance(HOUR);
    expect(call(RECORDS)).toMatchObject({ truth: 'expired', answer: { status: 401, body: UNAUTHORIZED } });
  });

  test('in the claimed world the token before lives on', () => {
    const variant = airtable.variants['old-access-lives']?.apply(airtable) ?? expect.unreachable();
    const { call, refresh } = visit(variant);
    refresh();
    expect(call(RECORDS).truth).toBe('ok');
  });

  test('a refresh token lives for sixty days', () => {
    const { refresh, advance } = visit(airtable);
    advance(60 * DAY - 1);
    const fresh = String(bodyOf(refresh()).refresh_token);
    advance(60 * DAY);
    expect(refresh(fresh).truth).toBe('capped');
  });
});

describe('the limit of a base', () => {
  test('one call too many locks everybody out for thirty seconds', () => {
    const { call, advance } = visit(airtable);
    for (let i = 0; i < 5; i++) expect(call(RECORDS).truth).toBe('ok');
    expect(call(RECORDS).answer).toMatchObject({
      status: 429,
      body: { errors: [{ error: 'RATE_LIMIT_REACHED' }] },
    });
    advance(29_999);
    expect(call(RECORDS).truth).toBe('rate-limited');
    expect(call('/v0/meta/whoami').truth).toBe('ok');
    advance(1);
    expect(call(RECORDS).truth).toBe('ok');
  });

  test('five a second go on for ever', () => {
    const { call, advance } = visit(airtable);
    for (let i = 0; i < 50; i++) {
      expect(call(RECORDS).truth).toBe('ok');
      advance(200);
    }
  });

  test('does not exist in the world of the twin', () => {
    const { call } = visit({ ...airtable, policy: neverExpiring(airtable.policy, 3650 * DAY) });
    for (let i = 0; i < 50; i++) expect(call(RECORDS).truth).toBe('ok');
  });
});

describe('what one may not see', () => {
  test("a missing scope, another tenant's base and a table that is not there sound alike", () => {
    const { call, connect } = patientVisit();
    connect('globex-airtable', 'globex');
    const refused = [
      call('/v0/meta/bases'),
      call(`/v0/${baseIdOf('globex')}/Tasks`),
      call(`/v0/${baseIdOf('acme')}/Secrets`),
      call('/v0/appNowhere/Tasks'),
    ];
    expect(refused.map(({ truth }) => truth)).toEqual([
      'scope-missing',
      'other-tenant',
      'not-found',
      'not-found',
    ]);
    expect(new Set(refused.map(({ answer }) => JSON.stringify(answer))).size).toBe(1);
    expect(refused[0]?.answer).toMatchObject({
      status: 403,
      body: { error: { type: 'INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND' } },
    });
    const wide = patientVisit({ scopes: ['schema.bases:read', 'user.email:read'] });
    expect(bodyOf(wide.call('/v0/meta/bases'))).toMatchObject({ bases: [{ id: baseIdOf('acme') }] });
    expect(bodyOf(wide.call('/v0/meta/whoami'))).toMatchObject({ email: 'acme-airtable@acme.example' });
  });
});

describe('records', () => {
  test('are made, changed and deleted, by the name of the table or by its id', () => {
    const { call } = patientVisit();
    const made = call(RECORDS, { method: 'POST', body: { fields: { Name: 'Row 7', Status: 'Todo' } } });
    expect(made.writes).toEqual([{ place: 'Tasks', cells: { Name: 'Row 7', Status: 'Todo' } }]);
    const path = `/v0/${baseIdOf('acme')}/${tableIdOf('acme')}/${bodyOf(made).id}`;
    const changed = call(path, { method: 'PATCH', body: { fields: { Status: 'Done' } } });
    expect(bodyOf(changed).fields).toEqual({ Name: 'Row 7', Status: 'Done' });
    expect(bodyOf(call(path)).fields).toEqual({ Name: 'Row 7', Status: 'Done' });
    expect(bodyOf(call(path, { method: 'DELETE' }))).toMatchObject({ deleted: true });
    expect(call(path)).toMatchObject({
      truth: 'not-found',
      answer: { status: 404, body: { error: 'NOT_FOUND' } },
    });
  });

  test('come page by page', () => {
    const { call } = patientVisit();
    const first = bodyOf(call(`${RECORDS}?pageSize=2`));
    expect(first.records).toHaveLength(2);
    const second = bodyOf(call(`${RECORDS}?pageSize=2&offset=${first.offset}`));
    expect(second).toMatchObject({ records: [{ id: recordIdOf('acme', 3) }] });
    expect(second).not.toHaveProperty('offset');
  });

  test.each([
    [`${RECORDS}?pageSize=101`, 'GET', undefined, 'INVALID_PAGE_SIZE'],
    [`${RECORDS}?offset=x`, 'GET', undefined, 'LIST_RECORDS_ITERATOR_NOT_AVAILABLE'],
    [RECORDS, 'POST', 'no json', 'INVALID_REQUEST_MISSING_FIELDS'],
    [RECORDS, 'POST', { fields: { Colour: 'red' } }, 'UNKNOWN_FIELD_NAME'],
    [`${RECORDS}/${recordIdOf('acme', 1)}`, 'PATCH', {}, 'INVALID_REQUEST_MISSING_FIELDS'],
  ])('%s %s with %j is refused', (path, method, body, type) => {
    const { truth, answer, writes } = visit(airtable).call(path, { method, body });
    expect([truth, answer.status, writes]).toEqual(['bad-request', 422, []]);
    expect(answer.body).toMatchObject({ error: { type } });
  });

  test('a reading scope does not write', () => {
    const { call } = patientVisit({ scopes: ['data.records:read'] });
    expect(call(RECORDS, { method: 'POST', body: { fields: {} } }).truth).toBe('scope-missing');
    expect(call(RECORDS).truth).toBe('ok');
  });
});
