// Which refresh token is used next.

import { describe, expect, test } from 'vitest';
import keepsTheRotated from '../../scenarios/checks/keeps-the-rotated.ts';
import { CRM, grantStory, OTHER, rotating } from './grant-ledgers.ts';
import { HOUR, MINUTE, verdictOf } from './ledgers.ts';

describe('keeps-the-rotated fails', () => {
  test('when the token of the first day comes back', () => {
    const { ledger, refresh, at, refusedRefresh } = grantStory();
    const first = refresh(CRM, { rotates: true });
    at(HOUR);
    const second = refusedRefresh(CRM, 'rotated');
    expect(verdictOf(keepsTheRotated, ledger)).toMatchObject({
      verdict: 'fail',
      evidence: [first.ended, second.opened],
      atMs: HOUR,
    });
  });

  test('when another process presents what is older than what one has received', () => {
    const { ledger, refresh, at, open, answer } = grantStory();
    refresh(CRM, { rotates: true });
    at(HOUR);
    answer(
      open({ account: CRM, endpoint: 'token', method: 'POST', token: `${CRM}/rt-1`, party: 'broker-2' }),
      'rotated',
    );
    expect(verdictOf(keepsTheRotated, ledger).verdict).toBe('fail');
  });

  test('when of two successors the older one, which arrived last, is kept', () => {
    const { ledger, open, mint, append, later, answer, at, refusedRefresh } = grantStory(
      rotating({ graceMs: MINUTE }),
    );
    const words = { account: CRM, endpoint: 'token', method: 'POST', token: `${CRM}/rt-1` } as const;
    const exchange = (party: string) => {
      const pending = open({ ...words, party });
      mint(CRM, 'access', HOUR, pending.common.exchange);
      const successor = mint(CRM, 'refresh', null, pending.common.exchange);
      const common = {
        party: 'world',
        service: 'crm',
        account: CRM,
        token: words.token,
        exchange: pending.common.exchange,
      };
      append({ kind: 'token.rotated', ...common, successor });
      later(100);
      return pending;
    };
    const older = exchange('broker-0');
    const newer = exchange('broker-1');
    answer(newer, 'ok');
    later(100);
    answer(older, 'ok');
    at(HOUR);
    refusedRefresh(CRM, 'rotated', `${CRM}/rt-2`);
    expect(verdictOf(keepsTheRotated, ledger).verdict).toBe('fail');
  });

  test('when nothing is presented any more, though the token lives', () => {
    const { ledger, refresh, at, expire, ask } = grantStory(rotating({ rotates: false }));
    const first = refresh(CRM);
    at(HOUR);
    expire(first.access);
    const failed = ask(CRM, 'REAUTH_REQUIRED');
    expect(verdictOf(keepsTheRotated, ledger)).toMatchObject({
      verdict: 'fail',
      evidence: [first.ended, failed.sent],
    });
  });
});

describe('keeps-the-rotated', () => {
  type Way = readonly [
    title: string,
    verdict: 'pass' | 'fail' | 'inconclusive',
    tell: (story: ReturnType<typeof grantStory>) => void,
    knobs: Parameters<typeof rotating>[0],
  ];
  const STRICT = {};
  const GRACE = { graceMs: MINUTE };
  const FIXED = { rotates: false };
  const ways: readonly Way[] = [
    [
      'fails when the token before comes back as its grace ends',
      'fail',
      (story) => {
        story.refresh(CRM, { rotates: true });
        story.at(MINUTE + 25);
        story.refusedRefresh(CRM, 'rotated');
      },
      GRACE,
    ],
    [
      'fails when a token is presented that was rotated by this very request, and is not the newest',
      'fail',
      (story) => {
        story.refresh(CRM, { rotates: true });
        story.refresh(CRM, { rotates: true });
        story.at(HOUR);
        story.refresh(CRM, { rotates: true, token: `${CRM}/rt-2` });
      },
      GRACE,
    ],
    [
      'passes when the token before comes back inside its own grace',
      'pass',
      (story) => {
        story.refresh(CRM, { rotates: true });
        story.at(HOUR);
        story.refresh(CRM, { rotates: true, token: `${CRM}/rt-2` });
        story.later(1000);
        story.refresh(CRM, { rotates: true, token: `${CRM}/rt-2` });
      },
      GRACE,
    ],
    [
      'passes when the newer one was delivered at this very moment',
      'pass',
      (story) => {
        story.refresh(CRM, { rotates: true });
        story.at(HOUR);
        story.refresh(CRM, { rotates: true, token: `${CRM}/rt-2` });
        story.refusedRefresh(CRM, 'rotated', `${CRM}/rt-2`);
      },
      STRICT,
    ],
    [
      'passes when the newest token is of a consent, and no rotation came of it yet',
      'pass',
      (story) => {
        story.refresh(CRM, { rotates: true });
        const fresh = story.mint(CRM, 'refresh', null);
        story.at(HOUR);
        story.refresh(CRM, { token: fresh });
      },
      STRICT,
    ],
    [
      'does not take another account’s refreshes for this one’s',
      'inconclusive',
      (story) => {
        story.refresh(OTHER, { rotates: true });
        story.at(HOUR);
        story.refresh(CRM, { rotates: true });
      },
      STRICT,
    ],
    [
      'does not hold another account’s successor against this one',
      'pass',
      (story) => {
        story.refresh(CRM);
        story.refresh(OTHER, { rotates: true });
        story.at(HOUR);
        story.refresh(CRM);
      },
      STRICT,
    ],
    [
      'does not count a refresh after one that failed',
      'inconclusive',
      (story) => {
        story.refusedRefresh(CRM, 'fault');
        story.refresh(CRM);
      },
      FIXED,
    ],
  ];
  test.each(ways)('%s: %s', (_title, verdict, tell, knobs) => {
    const story = grantStory(rotating(knobs));
    tell(story);
    expect(verdictOf(keepsTheRotated, story.ledger).verdict).toBe(verdict);
  });

  test('knows of each service its own grace', () => {
    const others = rotating(GRACE).slice(1);
    const { ledger, refresh } = grantStory([...rotating().slice(0, 1), ...others]);
    refresh(OTHER, { rotates: true });
    refresh(OTHER, { rotates: true });
    expect(verdictOf(keepsTheRotated, ledger).verdict).toBe('pass');
  });
});

describe('a refresh token is forgotten', () => {
  /** Refreshed once, at a service that keeps the token; the access token is over after an hour. */
  function overAt(expires = true) {
    const story = grantStory(rotating({ rotates: false }));
    const first = story.refresh(CRM);
    story.at(HOUR);
    if (expires) story.expire(first.access);
    return story;
  }
  const failed = (story: ReturnType<typeof overAt>) => story.ask(CRM, 'REAUTH_REQUIRED');

  const never: readonly (readonly [string, (story: ReturnType<typeof overAt>) => void])[] = [
    ['when nobody calls', () => {}],
    ['when calls are answered', (story) => story.ask(CRM)],
    ['when a call gets no answer', (story) => story.ask(CRM, null, { hangs: true })],
    ['when calls to another fail', (story) => story.ask(OTHER, 'REAUTH_REQUIRED')],
    [
      'when there is a token of another way since',
      (story) => {
        story.expire(story.mint(CRM, 'access', HOUR));
        failed(story);
      },
    ],
    [
      'when the grant was revoked',
      (story) => {
        story.revoke(`${CRM}/rt-1`, 'revoked-by-user');
        failed(story);
      },
    ],
    [
      'when the service refused the grant',
      (story) => {
        story.upstream('revoked-by-user', { account: CRM });
        failed(story);
      },
    ],
  ];
  test.each(never)('not %s', (_title, tell) => {
    const story = overAt();
    tell(story);
    expect(verdictOf(keepsTheRotated, story.ledger).verdict).toBe('inconclusive');
  });

  test('not while its access token lives', () => {
    const story = overAt(false);
    failed(story);
    expect(verdictOf(keepsTheRotated, story.ledger).verdict).toBe('inconclusive');
  });

  test('not by a call of before', () => {
    const story = grantStory(rotating({ rotates: false }));
    const first = story.refresh(CRM);
    failed(story);
    story.expire(first.access);
    expect(verdictOf(keepsTheRotated, story.ledger).verdict).toBe('inconclusive');
  });

  test('not once the next refresh was tried', () => {
    const story = overAt();
    story.refusedRefresh(CRM, 'fault');
    failed(story);
    expect(verdictOf(keepsTheRotated, story.ledger).verdict).toBe('pass');
  });

  test('by its own account, whatever becomes of another', () => {
    const story = overAt();
    story.refresh(OTHER);
    story.refusedRefresh(OTHER, 'revoked-by-user');
    failed(story);
    expect(verdictOf(keepsTheRotated, story.ledger).verdict).toBe('fail');
  });
});

describe('a consent is asked for with nothing left to present', () => {
  /** Refreshed with success; then something happens, and a consent is asked for. */
  function asksAfter(tell: (story: ReturnType<typeof grantStory>) => unknown) {
    const story = grantStory(rotating({ rotates: false }));
    const first = story.refresh(CRM);
    story.at(HOUR);
    tell(story);
    const asked = story.claim({ status: 'paused', reauth: [{ account: CRM, reason: 'no token' }] });
    return { judgement: verdictOf(keepsTheRotated, story.ledger), first, asked };
  }
  const bare = { account: null, token: null, endpoint: 'token', method: 'POST', service: 'crm' } as const;

  test('after a token request without any token that was given', () => {
    let opened = 0;
    const { judgement, first, asked } = asksAfter((story) => {
      opened = story.open(bare).opened;
    });
    expect(judgement).toMatchObject({ verdict: 'fail', evidence: [first.ended, opened, asked], atMs: HOUR });
    expect(judgement.message).toContain('was refreshed at 00:00:00. At 01:00:00 its refresh token, which');
  });

  test('after a call whose token was over', () => {
    const { judgement } = asksAfter(({ call }) => call('expired', { account: CRM }));
    expect(judgement.verdict).toBe('fail');
  });

  test('by an event as by a claim', () => {
    const story = grantStory(rotating({ rotates: false }));
    story.refresh(CRM);
    story.call('expired', { account: CRM });
    story.signal('reauth_required');
    expect(verdictOf(keepsTheRotated, story.ledger).verdict).toBe('fail');
  });

  const never: readonly (readonly [string, (story: ReturnType<typeof grantStory>) => unknown])[] = [
    ['where nothing was tried in vain', ({ call }) => call('ok', { account: CRM })],
    ['where a call failed for another reason', ({ call }) => call('fault', { account: CRM })],
    ['where the bare request went to another service', ({ open }) => open({ ...bare, service: 'other' })],
    ['where a request without a token was a call', ({ open }) => open({ ...bare, endpoint: 'resource' })],
    [
      'where the bare request was somebody’s consent',
      ({ open, append }) => {
        const { common } = open({ ...bare, endpoint: 'resource' });
        const consent = { ...common, exchange: 'x-consent', endpoint: 'token' } as const;
        const body = { grant_type: 'authorization_code' };
        append({ kind: 'exchange.opened', ...consent, method: 'POST', path: '/', query: {}, body });
      },
    ],
    [
      'where a call was served afterwards',
      ({ call }) => {
        call('expired', { account: CRM });
        call('ok', { account: CRM });
      },
    ],
    ['where another account was refreshed', ({ refresh }) => refresh(OTHER)],
    ['where another account’s token was over', ({ call }) => call('expired', { account: OTHER })],
    [
      'where the grant was revoked',
      (story) => {
        story.call('expired', { account: CRM });
        story.revoke(`${CRM}/rt-1`, 'revoked-by-user');
      },
    ],
    [
      'where the refresh failed',
      (story) => {
        story.call('expired', { account: CRM });
        story.refusedRefresh(CRM, 'fault');
      },
    ],
  ];
  test.each(never)('but not %s', (_title, tell) => {
    expect(asksAfter(tell).judgement.verdict).not.toBe('fail');
  });

  test('also where another account was served afterwards', () => {
    const { judgement } = asksAfter(({ call }) => {
      call('expired', { account: CRM });
      call('ok', { account: OTHER });
    });
    expect(judgement.verdict).toBe('fail');
  });

  test('but not where it was tried before the refresh', () => {
    const story = grantStory(rotating({ rotates: false }));
    story.call('expired', { account: CRM });
    story.refresh(CRM);
    story.claim({ status: 'paused', reauth: [{ account: CRM, reason: 'no token' }] });
    expect(verdictOf(keepsTheRotated, story.ledger).verdict).toBe('inconclusive');
  });

  test('but not where it was asked for before the refresh only', () => {
    const story = grantStory(rotating({ rotates: false }));
    story.claim({ status: 'paused', reauth: [{ account: CRM, reason: 'before' }] });
    story.refresh(CRM);
    story.call('expired', { account: CRM });
    expect(verdictOf(keepsTheRotated, story.ledger).verdict).toBe('inconclusive');
  });

  test('but not where it was tried before the refresh, or after the asking', () => {
    const story = grantStory(rotating({ rotates: false }));
    story.call('expired', { account: CRM });
    story.claim({ status: 'paused', reauth: [{ account: CRM, reason: 'before' }] });
    story.refresh(CRM);
    story.claim({ status: 'paused', reauth: [{ account: CRM, reason: 'no token' }] });
    story.call('expired', { account: CRM });
    expect(verdictOf(keepsTheRotated, story.ledger).verdict).toBe('inconclusive');
  });
});

describe('keeps-the-rotated passes', () => {
  test('when each refresh presents the successor', () => {
    const { ledger, refresh, at } = grantStory();
    refresh(CRM, { rotates: true });
    at(HOUR);
    refresh(CRM, { rotates: true, token: `${CRM}/rt-2` });
    expect(verdictOf(keepsTheRotated, ledger).verdict).toBe('pass');
  });

  test('when the one before comes back inside the grace', () => {
    const { ledger, refresh } = grantStory(rotating({ graceMs: MINUTE }));
    refresh(CRM, { rotates: true });
    refresh(CRM, { rotates: true });
    expect(verdictOf(keepsTheRotated, ledger).verdict).toBe('pass');
  });

  test('when the successor never arrived', () => {
    const { ledger, refresh, at, refusedRefresh } = grantStory();
    refresh(CRM, { rotates: true });
    at(HOUR);
    refresh(CRM, { rotates: true, token: `${CRM}/rt-2`, lost: true });
    refusedRefresh(CRM, 'rotated', `${CRM}/rt-2`);
    expect(verdictOf(keepsTheRotated, ledger).verdict).toBe('pass');
  });

  test('when two were on their way together', () => {
    const { ledger, open, refresh, answer } = grantStory();
    const late = open({
      account: CRM,
      endpoint: 'token',
      method: 'POST',
      token: `${CRM}/rt-1`,
      party: 'broker-1',
    });
    refresh(CRM, { rotates: true });
    answer(late, 'rotated');
    refresh(CRM, { rotates: true, token: `${CRM}/rt-2` });
    expect(verdictOf(keepsTheRotated, ledger).verdict).toBe('pass');
  });
});

test('keeps-the-rotated is inconclusive after one refresh, and where the grant was revoked', () => {
  const { ledger, refresh, at, expire, ask, revoke } = grantStory();
  const first = refresh(CRM, { rotates: true });
  expect(verdictOf(keepsTheRotated, ledger).verdict).toBe('inconclusive');
  revoke(`${CRM}/rt-2`, 'revoked-by-user');
  at(HOUR);
  expire(first.access);
  ask(CRM, 'REAUTH_REQUIRED');
  expect(verdictOf(keepsTheRotated, ledger).verdict).toBe('inconclusive');
});
