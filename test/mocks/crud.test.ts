// Under `unmodelled: crud` a route that the mock does not have is a collection; otherwise it fails loudly.

import { expect, test } from 'vitest';
import plain from '../../mocks/services/plain/index.ts';
import { visit } from './visit.ts';

const crud = () => visit({ ...plain, unmodelled: 'crud' });

test('without it the call fails with the name of the route', () => {
  const { answer, truth } = visit(plain).call('/v3/things');
  expect(truth).toBe('unmodelled');
  expect(answer).toMatchObject({ status: 501, body: { message: expect.stringContaining('GET /v3/things') } });
});

test('what is created is found, listed, changed and deleted', () => {
  const { call } = crud();
  expect(call('/v3/things').answer).toMatchObject({ status: 200, body: [] });
  const made = call('/v3/things', { method: 'POST', body: { name: 'one' } });
  expect(made).toMatchObject({ truth: 'ok', route: 'unmodelled', effect: 'write' });
  expect(made.answer).toMatchObject({
    status: 201,
    body: { id: '1', name: 'one' },
    headers: { location: '/v3/things/1' },
  });
  expect(made.writes).toEqual([{ place: '/v3/things', cells: { name: 'one' } }]);
  expect(call('/v3/things/1').answer).toMatchObject({ status: 200, body: { id: '1', name: 'one' } });
  expect(call('/v3/things').answer.body).toEqual([{ id: '1', name: 'one' }]);
  expect(call('/v3/things/1', { method: 'PATCH', body: { size: 3 } }).answer.body).toEqual({
    id: '1',
    name: 'one',
    size: 3,
  });
  expect(call('/v3/things/1', { method: 'PUT', body: { name: 'two' } }).answer.body).toEqual({
    id: '1',
    name: 'two',
  });
  expect(call('/v3/things/1', { method: 'DELETE' }).answer.status).toBe(204);
  expect(call('/v3/things/1', { method: 'DELETE' }).answer.status).toBe(404);
  expect(call('/v3/things').answer.body).toEqual([]);
});

test('an object that is not there is 404, and a body that is no object 400', () => {
  const { call } = crud();
  call('/v3/things', { method: 'POST', body: { id: 'a' } });
  expect(call('/v3/things/b').answer.status).toBe(404);
  expect(call('/v3/things/b', { method: 'PATCH', body: {} }).answer.status).toBe(404);
  expect(call('/v3/things/b', { method: 'PUT', body: {} }).answer.status).toBe(201);
  expect(call('/v3/things', { method: 'POST', body: '[1]' }).answer.status).toBe(400);
  expect(call('/v3/things', { method: 'TRACE' }).answer.status).toBe(405);
});

test('it needs a live token, keeps tenants apart, and leaves modelled routes alone', () => {
  const { call, act, connect } = crud();
  const other = connect('globex-plain', 'globex');
  call('/v3/things', { method: 'POST', body: { name: 'one' } });
  expect(call('/v3/things', { token: other.accessToken }).answer.body).toEqual([]);
  expect(call('/v1/me').route).not.toBe('unmodelled');
  act({ act: 'revoke' });
  expect(call('/v3/things').truth).toBe('revoked-by-user');
});
