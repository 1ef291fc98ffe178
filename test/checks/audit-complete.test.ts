// The request log beside what went upstream.

import { describe, expect, test } from 'vitest';
import type { Json } from '../../mocks/index.ts';
import auditComplete from '../../scenarios/checks/audit-complete.ts';
import { brokerStory, done } from './broker-ledgers.ts';
import { HOUR, MINUTE, verdictOf } from './ledgers.ts';

type Row = Readonly<Record<string, Json>>;

const ROW: Row = {
  at: '2026-03-02T22:01:00.000Z',
  account: 'acme-crm',
  agent: 'worker-1',
  task: 'task-1',
  host: '127.0.0.1:4000',
  method: 'GET',
  path: '/v1/me',
  status: 200,
  newDestination: true,
};
const SECOND: Row = { ...ROW, task: 'task-2', newDestination: false };

/** So many calls to `/v1/me` at one minute; then the log is asked for. */
function called(times: number) {
  const told = brokerStory();
  told.at(MINUTE);
  const opened = Array.from({ length: times }, () => {
    const { answer } = told.ask('call', { path: '/v1/me' });
    const sent = told.upstream('ok', { path: '/v1/me' }).opened;
    answer(done());
    return sent;
  });
  const judge = (rows: Json, status: number | null = 200) => {
    told.at(6 * HOUR);
    const seq = told.ask('audit').answer(rows, status);
    return { judgement: verdictOf(auditComplete, told.ledger), seq };
  };
  return { ...told, opened, judge };
}

describe('audit-complete fails', () => {
  test('when a request is in no row, or one row is to serve for two', () => {
    const none = called(1);
    const { judgement } = none.judge([]);
    expect(judgement).toMatchObject({ verdict: 'fail', evidence: none.opened, atMs: MINUTE });
    expect(judgement.message).toContain('`GET /v1/me` for acme-crm, sent at 00:01:00, is in no row');
    const one = called(2);
    expect(one.judge([ROW]).judgement).toMatchObject({ verdict: 'fail', evidence: [one.opened[1]] });
  });

  test.each([
    [{ status: 201 }, 'its status is 201 instead of 200'],
    [{ agent: null }, 'its agent is null instead of worker-1'],
    [{ task: 'task-9' }, 'its task is "task-9" instead of task-1'],
    [{ host: '' }, 'it names no host'],
    [{ at: '2026-03-02T22:02:20.000Z' }, 'its time is "2026-03-02T22:02:20.000Z"'],
    [{ at: '2026-03-02T21:59:40.000Z' }, 'its time is'],
    [{ at: 'yesterday' }, 'its time is "yesterday"'],
    [{ account: 'globex-crm' }, 'is in no row'],
    [{ path: '/v1/items' }, 'is in no row'],
    [{ newDestination: false }, 'is not marked as a new destination'],
  ])('when %j stands in the row', (wrong, why) => {
    const { judgement } = called(1).judge([{ ...ROW, ...wrong }]);
    expect(judgement).toMatchObject({ verdict: 'fail', message: expect.stringContaining(why) });
  });

  test('when every row is marked as new', () => {
    const { judgement, seq } = called(2).judge([ROW, { ...SECOND, newDestination: true }]);
    expect(judgement).toMatchObject({ verdict: 'fail', evidence: [seq], atMs: 6 * HOUR });
    expect(judgement.message).toContain('Where all rows stand out, none does.');
  });
});

describe('audit-complete passes', () => {
  test('when each request has its row, and other rows stand beside them', () => {
    const { judgement } = called(2).judge([ROW, SECOND, { ...ROW, path: '/v1/else' }, 'no row']);
    expect(judgement).toMatchObject({
      verdict: 'pass',
      message: '2 requests upstream, each in the log as it was.',
    });
  });

  test('when another account is new at a host that is known', () => {
    const other = { ...ROW, account: 'globex-crm' };
    expect(called(1).judge([ROW, other]).judgement.verdict).toBe('pass');
  });

  test('when two equal calls are open together, and each has its rows', () => {
    const path = '/v1/me';
    const { ask, upstream, judge } = called(0);
    const [one, other] = [ask('call', { path }), ask('call', { path })];
    upstream('ok', { path });
    upstream('ok', { path });
    for (const { answer } of [one, other]) answer({ ok: true });
    const rows = [one, other].map(({ task }) => ({ ...ROW, path, task }));
    const first = rows.map((row, nth) => ({ ...row, newDestination: nth === 0 }));
    expect(judge(first).judgement.verdict).toBe('pass');
    expect(judge(first.slice(0, 1)).judgement).toMatchObject({
      verdict: 'fail',
      message: expect.stringContaining('is in no row'),
    });
  });

  test.each([['2026-03-02T22:00:00.000Z'], ['2026-03-02T22:02:00.050Z']])(
    'when the row’s time is a minute off, as %s is',
    (at) => {
      expect(called(1).judge([{ ...ROW, at }]).judgement.verdict).toBe('pass');
    },
  );

  test('when the log is not in the order of time', () => {
    const rows = [{ ...SECOND, at: '2026-03-02T22:01:00.020Z' }, ROW];
    expect(called(2).judge(rows).judgement.verdict).toBe('pass');
    const wrong = rows.map((row) => ({ ...row, newDestination: row.newDestination !== true }));
    expect(called(2).judge(wrong).judgement.verdict).toBe('fail');
  });

  test('when a replica stops at the end of the story', () => {
    const { append, at, judge } = called(1);
    at(6 * HOUR);
    append({ kind: 'process.exited', party: 'broker-0', code: 0, signal: null });
    expect(judge([]).judgement.verdict).toBe('fail');
  });

  test('when a replica stopped by itself before, and took its log with it', () => {
    const { append, judge } = called(1);
    append({ kind: 'process.exited', party: 'broker-0', code: 0, signal: null });
    expect(judge([]).judgement.verdict).toBe('inconclusive');
  });

  test('when the path has a query, in whatever order its row tells it', () => {
    const { ask, upstream, judge } = called(0);
    const { answer } = ask('call', { path: '/v1/items?a=1&b=2' });
    upstream('ok', { path: '/v1/items?a=1&b=2' });
    answer(done());
    const row = { ...ROW, path: '/v1/items?b=2&a=1' };
    expect(judge([row]).judgement.verdict).toBe('pass');
    expect(judge([row, { ...row, path: '/v1/items?page=2' }]).judgement.message).toContain('holds already');
  });

  test('when a replica was ended, and took its log with it; when no answer came', () => {
    const { append, ask, upstream, open, lose, judge } = called(1);
    const path = '/v1/me';
    ask('call', { path, party: 'broker-1' });
    upstream('ok', { path, party: 'broker-1' });
    append({ kind: 'process.killed', party: 'broker-1', reason: 'It was hit.' });
    ask('audit', { party: 'broker-1' }).answer([]);
    ask('call', { path });
    lose(open({ account: 'acme-crm', meantFor: 'acme-crm', service: 'crm', party: 'broker-0', path }));
    expect(judge([ROW]).judgement.verdict).toBe('pass');
  });
});

describe('audit-complete does not judge', () => {
  test('a broker without a log, or one that was never asked', () => {
    expect(called(1).judge(null, 501).judgement.verdict).toBe('not-applicable');
    expect(called(1).judge({ rows: [] }).judgement.verdict).toBe('not-applicable');
    expect(called(1).judge([ROW], 500).judgement.verdict).toBe('not-applicable');
    const unanswered = called(1);
    unanswered.ask('audit');
    expect(verdictOf(auditComplete, unanswered.ledger).verdict).toBe('inconclusive');
    expect(verdictOf(auditComplete, called(1).ledger).verdict).toBe('inconclusive');
    expect(called(1).judge(null, null).judgement.verdict).toBe('inconclusive');
  });

  test('a broker that sent nothing, or nothing by a replica that was asked', () => {
    expect(called(0).judge([]).judgement.verdict).toBe('inconclusive');
    const { ask, upstream, judge } = called(0);
    ask('call', { path: '/v1/me', party: 'broker-1' });
    upstream('ok', { path: '/v1/me', party: 'broker-1' });
    expect(judge([]).judgement.verdict).toBe('inconclusive');
  });
});
