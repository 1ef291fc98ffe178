// What was written, and how often.

import { describe, expect, test } from 'vitest';
import resumesWithoutRepeat from '../../scenarios/checks/resumes-without-repeat.ts';
import { broken, done } from './broker-ledgers.ts';
import { CRM, grantStory } from './grant-ledgers.ts';
import { story, verdictOf } from './ledgers.ts';

const BROKER = { kind: 'broker' } as const;

/** What a call asks for, how that is recorded upstream, and how many things come of it there. */
interface Writing {
  readonly path?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly writes?: number;
}

function writing({ path = '/v1/items', query = {}, writes = 1 }: Writing = {}) {
  const story = grantStory();
  const asked = story.append({
    kind: 'call.sent',
    party: 'broker-0',
    operation: 'call',
    call: 'c-1',
    account: CRM,
    method: 'POST',
    path,
    body: { name: 'one' },
    agent: null,
    task: null,
  });
  const commit = (lost = false) => {
    const pending = story.open({
      account: CRM,
      method: 'POST',
      route: 'items.create',
      path: '/v1/items',
      query,
      body: { name: 'one' },
    });
    const { exchange } = pending.common;
    const common = { party: 'broker-0', service: 'crm', account: CRM, exchange, place: 'items' };
    const sinks = Array.from({ length: writes }, () =>
      story.append({ kind: 'sink', ...common, cells: { name: 'one' } }),
    );
    if (lost) story.lose(pending);
    else story.answer(pending, 'ok');
    return sinks[0]?.seq;
  };
  const answer = (ok: boolean) => {
    const common = {
      party: 'broker-0',
      operation: 'call',
      call: 'c-1',
      account: CRM,
      failure: null,
    } as const;
    return story.append({
      kind: 'call.returned',
      ...common,
      status: 200,
      result: ok ? done() : broken('UPSTREAM_UNAVAILABLE'),
    }).seq;
  };
  return { ...story, asked: asked.seq, commit, returns: answer };
}

describe('resumes-without-repeat fails', () => {
  test('when a write is done twice', () => {
    const { ledger, asked, commit, returns } = writing();
    const [first, second] = [commit(true), commit()];
    returns(true);
    expect(verdictOf(resumesWithoutRepeat, ledger, BROKER)).toMatchObject({
      verdict: 'fail',
      evidence: [asked, first, second],
    });
  });

  test('when what was reported as done is not there', () => {
    const { ledger, asked, returns } = writing();
    const returned = returns(true);
    expect(verdictOf(resumesWithoutRepeat, ledger, BROKER)).toMatchObject({
      verdict: 'fail',
      evidence: [asked, returned],
    });
  });
});

describe('resumes-without-repeat passes', () => {
  test('when it is done once', () => {
    const { ledger, commit, returns } = writing();
    commit();
    returns(true);
    expect(verdictOf(resumesWithoutRepeat, ledger, BROKER).verdict).toBe('pass');
  });

  test.each<[string, Writing]>([
    ['writes two things at once', { writes: 2 }],
    ['asks with a query', { path: '/v1/items?list=7&new=yes', query: { list: '7', new: 'yes' } }],
  ])('when the one request %s', (_what, asked) => {
    const { ledger, commit, returns } = writing(asked);
    commit();
    returns(true);
    expect(verdictOf(resumesWithoutRepeat, ledger, BROKER).verdict).toBe('pass');
  });

  test('when what somebody else wrote was asked for by nobody', () => {
    const { ledger, commit, returns, append } = writing();
    commit();
    const common = { party: 'world', service: 'crm', account: CRM, exchange: 'x-none', place: 'items' };
    append({ kind: 'sink', ...common, cells: { name: 'one' } });
    returns(true);
    expect(verdictOf(resumesWithoutRepeat, ledger, BROKER).verdict).toBe('pass');
  });

  test('when a write whose answer was lost is reported as not known to be done', () => {
    const { ledger, commit, returns } = writing();
    commit(true);
    returns(false);
    expect(verdictOf(resumesWithoutRepeat, ledger, BROKER).verdict).toBe('pass');
  });
});

test('resumes-without-repeat is inconclusive where nothing was to be written', () => {
  const { ledger, ask } = grantStory();
  ask();
  expect(verdictOf(resumesWithoutRepeat, ledger, BROKER).verdict).toBe('inconclusive');
});

describe('of an agent’s rows', () => {
  const twin = story();
  twin.row({ deal_id: '7001', deal_name: 'Alder' });
  const twice = (...rows: readonly Readonly<Record<string, string>>[]) => {
    const told = story();
    const [, again] = rows.map((cells) => told.row(cells));
    return { again, ...verdictOf(resumesWithoutRepeat, told.ledger, { twin: twin.ledger }) };
  };

  test('one that is there twice is a repetition', () => {
    const row = { deal_id: '7001', deal_name: 'Alder' };
    const { again, ...judgement } = twice(row, row);
    expect(judgement).toMatchObject({ verdict: 'fail', evidence: [again] });
  });

  test('one that says something else is none', () => {
    expect(
      twice({ deal_id: '7001', deal_name: 'Alder' }, { deal_id: '7002', deal_name: 'Birch' }).verdict,
    ).toBe('pass');
    expect(twice().verdict).toBe('inconclusive');
  });

  test('nothing is known without a twin', () => {
    expect(verdictOf(resumesWithoutRepeat, twin.ledger).verdict).toBe('not-applicable');
  });
});
