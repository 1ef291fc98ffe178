// What a "no" is taken for.

import { describe, expect, test } from 'vitest';
import type { Json, Refusal } from '../../mocks/index.ts';
import notFoundDiagnosed from '../../scenarios/checks/not-found-diagnosed.ts';
import { broken, brokerStory, done } from './broker-ledgers.ts';
import { HOUR, MINUTE, verdictOf } from './ledgers.ts';

const BROKER = { kind: 'broker' } as const;

/** One call that is refused upstream, and what the broker makes of it. */
function refused(truth: Refusal, said: Json, status = 403) {
  const told = brokerStory();
  const { answer } = told.ask('call', { path: '/v1/admin?b=2&a=1' });
  const { opened } = told.upstream(truth, { path: '/v1/admin?b=2&a=1', status });
  const returned = answer(said);
  return { ...told, opened, returned, judgement: verdictOf(notFoundDiagnosed, told.ledger, BROKER) };
}

describe('not-found-diagnosed fails', () => {
  test.each([
    ['other-tenant', broken('NOT_FOUND', 'The repository does not exist.')],
    ['scope-missing', broken('RATE_LIMITED')],
    ['scope-missing', broken('UPSTREAM_UNAVAILABLE')],
    ['scope-missing', broken('PERMISSION_DENIED', 'No.', true)],
    ['ip-restricted', broken('CREDENTIALS_EXPIRED')],
    ['denied-by-policy', broken('REAUTH_REQUIRED', 'Sign in again.')],
    ['scope-missing', done()],
    ['scope-missing', { ok: false }],
    ['rate-limited', broken('PERMISSION_DENIED')],
    ['rate-limited', done()],
    ['not-yet-known', broken('PERMISSION_DENIED', 'No access.')],
    ['not-yet-known', broken('NOT_FOUND', 'It is not visible.')],
  ] as const)('when %s is reported as %j', (truth, said) => {
    const { judgement, opened, returned } = refused(truth, said as Json);
    expect(judgement).toMatchObject({ verdict: 'fail', evidence: [opened, returned], atMs: 50 });
    expect(judgement.message).toContain(`(in truth: ${truth})`);
  });

  test('when the request is sent again and again', () => {
    const { ledger, upstream } = brokerStory();
    const path = '/v1/admin';
    const sends = [1, 2, 3, 4].map(() => upstream('scope-missing', { path, status: 403 }).opened);
    const judgement = verdictOf(notFoundDiagnosed, ledger, BROKER);
    expect(judgement).toMatchObject({ verdict: 'fail', evidence: sends, atMs: 100 });
    expect(judgement.message).toContain('sent 3 more times');
  });

  test('when a fresh token that is not known yet is exchanged for a fresher one, and so on', () => {
    const { ledger, upstream, refresh } = brokerStory();
    const path = '/a';
    const minted = [1, 2, 3, 4].map(() => {
      const { opened } = refresh('acme-crm');
      return [opened, upstream('not-yet-known', { path, status: 401 }).answered];
    });
    const judgement = verdictOf(notFoundDiagnosed, ledger, BROKER);
    expect(judgement).toMatchObject({ verdict: 'fail', evidence: [minted[2]?.[1], minted[3]?.[0]] });
    expect(judgement.message).toContain('not-yet-known');
  });

  test('when each refusal costs a refresh', () => {
    const { ledger, upstream, refresh, later } = brokerStory();
    const rounds = ['/a', '/b', '/c'].map((path) => {
      later(5 * MINUTE);
      const { answered } = upstream('scope-missing', { path, status: 401 });
      const { opened } = refresh('acme-crm');
      upstream('scope-missing', { path, status: 401 });
      return [answered, opened];
    });
    const judgement = verdictOf(notFoundDiagnosed, ledger, BROKER);
    expect(judgement).toMatchObject({ verdict: 'fail', evidence: rounds[2] });
    expect(judgement.message).toContain('3 times in all');
  });
});

describe('not-found-diagnosed passes', () => {
  test.each([
    ['other-tenant', broken('WRONG_IDENTITY')],
    ['other-tenant', broken('NOT_FOUND', 'crm does not show this object to this account.')],
    ['scope-missing', broken('PERMISSION_DENIED')],
    ['scope-missing', broken('REAUTH_REQUIRED', 'The consent lacks the scope admin.')],
    ['rate-limited', broken('RATE_LIMITED', 'Later.', true)],
    ['rate-limited', broken('UPSTREAM_UNAVAILABLE', 'Later.', true)],
    ['not-yet-known', broken('UPSTREAM_UNAVAILABLE', 'Later.', true)],
  ] as const)('when %s is reported as %j', (truth, said) => {
    expect(refused(truth, said as Json).judgement.verdict).toBe('pass');
  });

  test('when two refreshes found out that the age of the token is not the matter', () => {
    const { ledger, upstream, refresh } = brokerStory();
    for (const path of ['/a', '/b']) {
      upstream('scope-missing', { path, status: 401 });
      refresh('acme-crm');
      upstream('scope-missing', { path, status: 401 });
    }
    upstream('scope-missing', { path: '/c', status: 401 });
    expect(verdictOf(notFoundDiagnosed, ledger, BROKER).verdict).toBe('pass');
  });

  test.each(['not-yet-known', 'scope-missing'] as const)('when a fresh token is sent again: %s', (truth) => {
    const { ledger, call, refresh, later } = brokerStory();
    const words = { account: 'acme-crm', path: '/a', status: 401, token: refresh('acme-crm').access };
    for (const waitMs of [1000, 3000, 5000]) {
      call(truth, words);
      later(waitMs);
    }
    call(truth, words);
    expect(verdictOf(notFoundDiagnosed, ledger, BROKER).verdict).toBe('pass');
  });

  test('when the same is asked anew after a while, or refreshes have another reason', () => {
    const { ledger, upstream, refresh, later } = brokerStory();
    for (const _ of [1, 2, 3, 4]) {
      upstream('scope-missing', { path: '/a', status: 403 });
      later(5 * MINUTE);
      upstream('expired');
      refresh('acme-crm');
      upstream('ok');
      later(5 * MINUTE);
    }
    expect(verdictOf(notFoundDiagnosed, ledger, BROKER).verdict).toBe('pass');
    const other = brokerStory();
    for (const path of ['/a', '/b', '/c']) {
      other.upstream('scope-missing', { path, status: 403 });
      other.upstream('expired', { path: `${path}/other` });
      other.refresh('acme-crm');
      other.upstream('ok', { path: `${path}/other` });
    }
    expect(verdictOf(notFoundDiagnosed, other.ledger, BROKER).verdict).toBe('pass');
  });

  test('when the token endpoint refused as well, and that is reported', () => {
    const { ledger, ask, upstream, refusedRefresh } = brokerStory();
    const { answer } = ask('call', { path: '/a' });
    upstream('ip-restricted', { path: '/a', status: 401 });
    refusedRefresh('acme-crm', 'ip-restricted');
    answer(broken('REAUTH_REQUIRED', 'The grant is over.'));
    expect(verdictOf(notFoundDiagnosed, ledger, BROKER).verdict).toBe('pass');
  });

  test('when an agent meets a refusal once; what it says is judged elsewhere', () => {
    const { ledger, call } = brokerStory();
    call('scope-missing', { account: 'acme-crm', status: 403 });
    expect(verdictOf(notFoundDiagnosed, ledger).verdict).toBe('pass');
  });
});

test.each([
  'scope-missing',
  'other-tenant',
  'other-resource',
  'denied-by-policy',
  'service-restricted',
  'ip-restricted',
  'session-policy',
  'api-disabled',
  'org-without-api',
] as const)('not-found-diagnosed takes %s for a matter that no token heals', (truth) => {
  expect(refused(truth, broken('SOMETHING_ELSE')).judgement.message).toContain('reported SOMETHING_ELSE');
  expect(refused(truth, broken('PERMISSION_DENIED')).judgement.verdict).toBe('pass');
});

test.each([
  'No permission for it.',
  'The scope admin is missing.',
  'It has no access.',
  'The object is not accessible.',
  'That is not allowed.',
  'Another installation has it.',
  'It belongs to a tenant of its own.',
  'It is not visible.',
  'The service does not show it.',
  'It was not shown.',
  'It cannot see that.',
  'It is not entitled to it.',
  'Not authorised.',
  'No authorization for this.',
  'A policy forbids it.',
  'Two policies forbid it.',
  'Some other identity has it.',
])('not-found-diagnosed takes NOT_FOUND for true where its message leaves room: %s', (message) => {
  expect(refused('other-tenant', broken('NOT_FOUND', message)).judgement.verdict).toBe('pass');
});

describe('not-found-diagnosed knows a limit', () => {
  test.each([
    ['fault', 403, MINUTE, 'fail'],
    ['fault', 429, null, 'fail'],
    ['fault', 403, null, 'inconclusive'],
    ['fault', 503, MINUTE, 'inconclusive'],
    // What is in truth a matter of scope is one, also where the service adds a wait.
    ['scope-missing', 403, MINUTE, 'pass'],
  ] as const)('in %s with status %s and a wait of %s', (truth, status, retryAfterMs, verdict) => {
    const { ledger, ask, upstream } = brokerStory();
    const { answer } = ask('call', { path: '/a' });
    upstream(truth, { path: '/a', status, ...(retryAfterMs === null ? {} : { retryAfterMs }) });
    answer(broken('PERMISSION_DENIED'));
    expect(verdictOf(notFoundDiagnosed, ledger, BROKER).verdict).toBe(verdict);
  });
});

describe('not-found-diagnosed looks at what the broker could know', () => {
  test('an answer that cannot be read says nothing wrong', () => {
    expect(refused('scope-missing', 'what?').judgement.verdict).toBe('pass');
    expect(refused('rate-limited', null).judgement.verdict).toBe('pass');
  });

  test('a call that went well may be said to be done', () => {
    const told = refused('scope-missing', broken('PERMISSION_DENIED'));
    const { answer } = told.ask('call', { path: '/b' });
    told.upstream('ok', { path: '/b' });
    answer(done());
    expect(verdictOf(notFoundDiagnosed, told.ledger, BROKER).verdict).toBe('pass');
  });

  test('a limit whose call was never answered is none', () => {
    const { ledger, ask, upstream } = brokerStory();
    ask('call', { path: '/a' });
    upstream('rate-limited', { path: '/a', status: 429 });
    expect(verdictOf(notFoundDiagnosed, ledger, BROKER).verdict).toBe('inconclusive');
  });

  test('the last answer from upstream counts, and it names the status', () => {
    const { ledger, ask, upstream } = brokerStory();
    const { answer } = ask('call', { path: '/a' });
    upstream('expired', { path: '/a' });
    upstream('scope-missing', { path: '/a', status: 404 });
    answer(broken('NOT_FOUND', 'It does not exist.'));
    expect(verdictOf(notFoundDiagnosed, ledger, BROKER).message).toContain(
      'with 404 (in truth: scope-missing)',
    );
  });

  test('a request of which no answer came, or a refusal of the token endpoint, bars nothing', () => {
    const { ledger, ask, open, upstream } = brokerStory();
    const { answer } = ask('call', { path: '/a' });
    upstream('scope-missing', { path: '/b', status: 403 });
    open({ account: 'acme-crm', service: 'crm', path: '/a' });
    answer(broken('UPSTREAM_UNAVAILABLE'));
    expect(verdictOf(notFoundDiagnosed, ledger, BROKER).verdict).toBe('pass');
    const other = brokerStory();
    other.refusedRefresh('acme-crm', 'ip-restricted');
    expect(verdictOf(notFoundDiagnosed, other.ledger, BROKER).verdict).toBe('inconclusive');
  });

  // What else was refused meanwhile, and when: before the call, after it, or for somebody else.
  test.each([
    ['a refresh before', (told: Told) => told.refusedRefresh('acme-crm', 'ip-restricted'), 0],
    ['another account’s refresh', (told: Told) => told.refusedRefresh('globex-crm', 'ip-restricted'), 1],
    ['a refresh that went well', (told: Told) => told.refresh('acme-crm'), 1],
    ['another call', (told: Told) => told.upstream('ip-restricted', { path: '/b' }), 1],
    ['a refresh that came later', (told: Told) => told.refusedRefresh('acme-crm', 'ip-restricted'), 2],
  ])('%s does not excuse it', (_what, happen, place) => {
    const told = brokerStory();
    const { answer } = told.ask('call', { path: '/a' });
    if (place === 0) happen(told);
    told.upstream('ip-restricted', { path: '/a', status: 401 });
    if (place === 1) happen(told);
    answer(broken('REAUTH_REQUIRED', 'The grant is over.'));
    if (place === 2) happen(told);
    expect(verdictOf(notFoundDiagnosed, told.ledger, BROKER).verdict).toBe('fail');
  });
});

type Told = ReturnType<typeof brokerStory>;

describe('not-found-diagnosed counts as the same what follows within a minute', () => {
  test.each([
    [MINUTE, 'fail'],
    [MINUTE + 1, 'pass'],
  ])('requests that span %s ms', (spanMs, verdict) => {
    const { ledger, upstream, at } = brokerStory();
    const sends = [0, 1000, spanMs].map((ms) => {
      at(HOUR + ms);
      return upstream('scope-missing', { path: '/a', status: 403 }).opened;
    });
    const judgement = verdictOf(notFoundDiagnosed, ledger, BROKER);
    expect(judgement).toMatchObject({ verdict, ...(verdict === 'fail' ? { evidence: sends } : {}) });
  });

  test('and a storm that begins later is a storm', () => {
    const { ledger, upstream, at } = brokerStory();
    const [, ...storm] = [0, 2 * MINUTE, 2 * MINUTE + 1000, 2 * MINUTE + 2000].map((ms) => {
      at(HOUR + ms);
      return upstream('scope-missing', { path: '/a', status: 403 }).opened;
    });
    const judgement = verdictOf(notFoundDiagnosed, ledger, BROKER);
    expect(judgement).toMatchObject({ verdict: 'fail', evidence: storm, atMs: HOUR + 2 * MINUTE + 2000 });
    expect(judgement.message).toContain('sent 2 more times');
  });

  test.each([
    [2, 'pass'],
    [3, 'fail'],
  ])('two that ask side by side, each %s times', (times, verdict) => {
    const { ledger, open, answer, later } = brokerStory();
    const words = { account: 'acme-crm', path: '/a', service: 'crm', route: 'items' };
    const sends = Array.from({ length: times }, () => {
      later(1000);
      const pending = [open(words), open(words)];
      for (const each of pending) {
        later(50);
        answer(each, 'scope-missing', { status: 403 });
      }
      return pending.map(({ opened }) => opened);
    });
    const judgement = verdictOf(notFoundDiagnosed, ledger, BROKER);
    expect(judgement).toMatchObject({ verdict, ...(verdict === 'fail' ? { evidence: sends.flat() } : {}) });
  });

  /** Three refusals, each of another path; after each something happens before the path is asked for again. */
  function rounds(between: (told: Told, path: string) => void) {
    const told = brokerStory();
    for (const path of ['/a', '/b', '/c']) {
      told.upstream('scope-missing', { path, status: 401 });
      between(told, path);
      told.upstream('scope-missing', { path, status: 401 });
    }
    return told.ledger;
  }

  test.each([
    ['a refresh', 'fail', (told: Told) => told.refresh('acme-crm')],
    ['another account’s refresh', 'pass', (told: Told) => told.refresh('globex-crm')],
    [
      'another path, then a refresh',
      'fail',
      (told: Told) => {
        told.upstream('ok', { path: '/other' });
        told.refresh('acme-crm');
      },
    ],
    [
      'another account’s call for the same, then a refresh',
      'fail',
      (told: Told, path: string) => {
        told.upstream('ok', { path, account: 'globex-crm' });
        told.refresh('acme-crm');
      },
    ],
    [
      'a refresh, and a minute in all',
      'fail',
      (told: Told) => {
        told.refresh('acme-crm');
        told.later(MINUTE - 50);
      },
    ],
    [
      'a refresh, and more than a minute',
      'pass',
      (told: Told) => {
        told.refresh('acme-crm');
        told.later(MINUTE - 49);
      },
    ],
  ])('refusals with %s between', (_what, verdict, between) => {
    expect(verdictOf(notFoundDiagnosed, rounds(between), BROKER).verdict).toBe(verdict);
  });

  test('refusals that were asked for again before the refresh', () => {
    const told = brokerStory();
    for (const path of ['/a', '/b', '/c']) {
      for (const _ of [1, 2]) told.upstream('scope-missing', { path, status: 401 });
      told.refresh('acme-crm');
    }
    expect(verdictOf(notFoundDiagnosed, told.ledger, BROKER).verdict).toBe('pass');
  });

  test('an agent that comes back round after round is judged by another check', () => {
    const ledger = rounds((told) => told.refresh('acme-crm'));
    expect(verdictOf(notFoundDiagnosed, ledger, { kind: 'agent' }).verdict).toBe('pass');
  });
});

describe('what begins later is seen as well', () => {
  const path = '/v1/admin';

  /** Asked for so many times, and sent so often, two minutes apart. */
  function sent(sends: number, asks: number, kind: 'agent' | 'broker' = 'broker') {
    const told = brokerStory();
    for (let ask = 0; ask < asks; ask++)
      told.ask('call', { path }).answer(broken('PERMISSION_DENIED', 'A scope is missing.'));
    const opened = Array.from({ length: sends }, () => {
      told.later(2 * MINUTE);
      return told.upstream('scope-missing', { path, status: 403 }).opened;
    });
    return { opened, judgement: verdictOf(notFoundDiagnosed, told.ledger, { kind }) };
  }

  test('a request that is sent more often than it was asked for', () => {
    const { judgement, opened } = sent(3, 1);
    expect(judgement).toMatchObject({ verdict: 'fail', evidence: opened, atMs: 6 * MINUTE + 100 });
    expect(judgement.message).toContain(
      'was asked for 1 time, was refused (scope-missing) at 00:02:00, and was sent 3 times',
    );
  });

  test.each([
    [2, 1, 'broker', 'pass'],
    [4, 2, 'broker', 'pass'],
    [5, 2, 'broker', 'fail'],
    [3, 0, 'broker', 'pass'],
    [9, 1, 'agent', 'pass'],
  ] as const)('%i sends for %i questions to a subject of kind %s: %s', (sends, asks, kind, verdict) => {
    expect(sent(sends, asks, kind).judgement.verdict).toBe(verdict);
  });

  test('calls of others for the same path are not counted', () => {
    const told = brokerStory();
    for (const account of ['acme-crm', 'globex-crm', 'acme-crm', 'globex-crm']) {
      told.later(2 * MINUTE);
      told.upstream('scope-missing', { path, status: 403, account });
    }
    expect(verdictOf(notFoundDiagnosed, told.ledger, BROKER).verdict).toBe('pass');
  });
});

describe('tokens that are replaced young', () => {
  type Told = ReturnType<typeof brokerStory>;

  /** Refused at once; then tokens of so long a life are fetched, so far apart. */
  function minted(
    times: number,
    apartMs: number,
    more: {
      lifeMs?: number | null;
      between?: (told: Told, access: string) => void;
      refusedAfter?: true;
    } = {},
  ) {
    const { lifeMs = 40 * MINUTE, between = () => {} } = more;
    const told = brokerStory();
    told.mint('acme-crm', 'refresh', null);
    const start = told.mint('acme-crm', 'access', lifeMs);
    const refuse = () => told.upstream('other-tenant', { status: 404, path: '/x' });
    let refusal = more.refusedAfter === true ? null : refuse();
    let last = start;
    const opened = Array.from({ length: times }, () => {
      told.later(apartMs);
      between(told, last);
      const refreshed = told.refresh('acme-crm', { lifeMs });
      last = refreshed.access;
      return refreshed.opened;
    });
    refusal ??= refuse();
    return { opened, refusal, judgement: verdictOf(notFoundDiagnosed, told.ledger, BROKER) };
  }

  test('three times, with nothing sent in between', () => {
    const { judgement, opened, refusal } = minted(4, 5 * MINUTE);
    expect(judgement).toMatchObject({ verdict: 'fail', evidence: [refusal.answered, opened[2]] });
    expect(judgement.message).toContain('was refreshed 4 times while its token was young, at 00:15:00 still');
  });

  test.each([
    ['twice only', () => minted(2, 5 * MINUTE), 'pass'],
    // The token is minted half way through the exchange.
    ['at a quarter of their life', () => minted(4, 10 * MINUTE - 25), 'pass'],
    ['right before that', () => minted(4, 10 * MINUTE - 26), 'fail'],
    [
      'of a life without end, after a quarter of an hour',
      () => minted(4, 15 * MINUTE, { lifeMs: null }),
      'pass',
    ],
    ['of a life without end, sooner', () => minted(4, 15 * MINUTE - 50, { lifeMs: null }), 'fail'],
    [
      'of a long life, after a quarter of an hour',
      () => minted(4, 15 * MINUTE, { lifeMs: 9 * HOUR }),
      'pass',
    ],
    ['before anything was refused', () => minted(4, 5 * MINUTE, { refusedAfter: true }), 'pass'],
    [
      'that had been revoked',
      () => minted(4, 5 * MINUTE, { between: (told, access) => void told.revoke(access, 'superseded') }),
      'pass',
    ],
    [
      'that were over before their time',
      () => minted(4, 5 * MINUTE, { between: (told, access) => void told.expire(access) }),
      'pass',
    ],
    [
      'though another’s were revoked',
      () => minted(4, 5 * MINUTE, { between: (told) => void told.revoke('globex-crm/at-1', 'superseded') }),
      'fail',
    ],
  ] as const)('%s', (_what, tell, verdict) => {
    expect(tell().judgement.verdict).toBe(verdict);
  });

  test('because the answers with the new ones were lost', () => {
    const told = brokerStory();
    told.mint('acme-crm', 'access', 40 * MINUTE);
    told.upstream('other-tenant', { status: 404 });
    told.later(30 * MINUTE);
    for (let times = 0; times < 4; times++) {
      told.later(MINUTE);
      told.refresh('acme-crm', { lost: true });
    }
    expect(verdictOf(notFoundDiagnosed, told.ledger, BROKER).verdict).toBe('pass');
  });

  test('of another account', () => {
    const told = brokerStory();
    told.upstream('other-tenant', { status: 404 });
    told.mint('globex-crm', 'access', HOUR);
    for (let times = 0; times < 4; times++) told.refresh('globex-crm');
    expect(verdictOf(notFoundDiagnosed, told.ledger, BROKER).verdict).toBe('pass');
  });
});

test('not-found-diagnosed is inconclusive where everything was found and permitted', () => {
  const { ledger, ask, upstream } = brokerStory();
  const { answer } = ask('call');
  upstream('expired');
  upstream('not-found', { status: 404 });
  answer(broken('NOT_FOUND', 'It does not exist.'));
  ask('call');
  expect(verdictOf(notFoundDiagnosed, ledger, BROKER).verdict).toBe('inconclusive');
});
