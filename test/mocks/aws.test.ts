// What is special about AWS: sessions in the place of tokens, limits on how long, and expiry in many tongues.

import { describe, expect, test } from 'vitest';
import type { Exchange } from '../../mocks/exchange.ts';
import { neverExpiring } from '../../mocks/policy.ts';
import { secretParts } from '../../mocks/services/aws/credentials.ts';
import { accountNumberIn, accountNumberOf } from '../../mocks/services/aws/ids.ts';
import aws from '../../mocks/services/aws/index.ts';
import { inside, open, sessionIn, textOf, variantOf } from './aws-visit.ts';
import { ORIGIN, START_MS } from './visit.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const statusesOf = (answers: Readonly<Record<string, Exchange>>) =>
  Object.fromEntries(Object.entries(answers).map(([name, { answer }]) => [name, answer.status]));
const truthsOf = (answers: Readonly<Record<string, Exchange>>) => [
  ...new Set(Object.values(answers).map(({ truth }) => truth)),
];

describe('credentials', () => {
  test('the access token is what a credential_process prints, and its secret parts are two', () => {
    const { account } = open();
    const printed = JSON.parse(account.accessToken);
    expect(printed).toEqual({
      Version: 1,
      AccessKeyId: expect.stringMatching(/^ASIA[A-Z2-7]{16}$/),
      SecretAccessKey: expect.stringMatching(/^[\w+/]{40}$/),
      SessionToken: expect.stringMatching(/^IQoJ/),
      AccountId: accountNumberOf('acme'),
    });
    expect(secretParts(account.accessToken)).toEqual([printed.SecretAccessKey, printed.SessionToken]);
    expect(accountNumberIn(printed.AccessKeyId)).toBe(accountNumberOf('acme'));
  });

  test('the account tells all that a client needs', () => {
    const { account } = open();
    expect(account).toMatchObject({
      tokenUrl: `${ORIGIN}/`,
      clientId: expect.stringMatching(/^AKIA[A-Z2-7]{16}$/),
      refreshToken: null,
      installation: `arn:aws:iam::${accountNumberOf('acme')}:role/acme-aws`,
      expiresAt: new Date(START_MS + HOUR).toISOString(),
    });
  });
});

describe('STS', () => {
  test('gives a session of a role, which says who it is and works everywhere', () => {
    const { assume, user, who, everywhere, account } = open();
    const assumed = assume(user);
    expect(assumed).toMatchObject({ endpoint: 'token', route: 'sts.AssumeRole', account: account.id });
    expect(inside(assumed, 'Expiration')).toBe('2026-03-02T23:00:00Z');
    const session = sessionIn(assumed);
    const arn = `arn:aws:sts::${accountNumberOf('acme')}:assumed-role/acme-aws/nightly`;
    expect(inside(assumed, 'Arn')).toBe(arn);
    expect(inside(who(session), 'Arn')).toBe(arn);
    expect(inside(who(user), 'Arn')).toBe(`arn:aws:iam::${accountNumberOf('acme')}:user/hour4`);
    expect(truthsOf(everywhere(session))).toEqual(['ok']);
  });

  test('a session lasts as long as was asked for', () => {
    const { assume, user, get, advance } = open();
    const session = sessionIn(assume(user, { DurationSeconds: '900' }));
    advance(15 * MINUTE - 1);
    expect(get(session).truth).toBe('ok');
    advance(1);
    expect(get(session).truth).toBe('expired');
  });

  test.each([
    ['899', /durationSeconds.*greater than or equal to 900/],
    ['43201', /durationSeconds.*less than or equal to 43200/],
    ['3601', /exceeds the MaxSessionDuration set for this role/],
    ['soon', /greater than or equal to 900/],
  ])('refuses %s seconds', (DurationSeconds, words) => {
    const { assume, user } = open();
    const refused = assume(user, { DurationSeconds });
    expect([refused.answer.status, inside(refused, 'Code')]).toEqual([400, 'ValidationError']);
    expect(inside(refused, 'Message')).toMatch(words);
  });

  test('a role that allows twelve hours gives them to the user, and one hour to another role', () => {
    const { assume, user, first } = open(variantOf('long-sessions'));
    expect(inside(assume(user, { DurationSeconds: '43200' }), 'Expiration')).toBe('2026-03-03T10:00:00Z');
    const chained = assume(first, { DurationSeconds: '3601' });
    expect(inside(chained, 'Message')).toMatch(/1 hour session limit for roles assumed by role chaining/);
    expect(inside(assume(first, { DurationSeconds: '3600' }), 'Expiration')).toBe('2026-03-02T23:00:00Z');
  });

  test('a session of the user lasts twelve hours, chains nothing, and may do nothing but call STS', () => {
    const { query, user, first, who, everywhere, assume } = open(variantOf('long-sessions'));
    const given = query(user, 'sts', { Action: 'GetSessionToken' });
    expect(inside(given, 'Expiration')).toBe('2026-03-03T10:00:00Z');
    const session = sessionIn(given);
    expect(inside(who(session), 'Arn')).toMatch(/:user\/hour4$/);
    expect(truthsOf(everywhere(session))).toEqual(['scope-missing']);
    expect(assume(session, { DurationSeconds: '7200' }).truth).toBe('ok');
    const longest = query(user, 'sts', { Action: 'GetSessionToken', DurationSeconds: '129600' });
    expect(inside(longest, 'Expiration')).toBe('2026-03-04T10:00:00Z');
    const longer = query(user, 'sts', { Action: 'GetSessionToken', DurationSeconds: '129601' });
    expect(inside(longer, 'Code')).toBe('ValidationError');
    for (const by of [first, session]) {
      const refused = query(by, 'sts', { Action: 'GetSessionToken' });
      expect(inside(refused, 'Message')).toBe('Cannot call GetSessionToken with session credentials');
    }
  });

  test('gives no role of another account to a role, and none that does not exist to anybody', () => {
    const { assume, user, first, connect } = open();
    const theirs = connect('globex-aws', 'globex').installation ?? '';
    expect(assume(first, { RoleArn: theirs })).toMatchObject({
      truth: 'other-tenant',
      answer: { status: 403 },
    });
    expect(assume(user, { RoleArn: theirs }).truth).toBe('ok');
    const nobody = assume(user, { RoleArn: `${theirs}-not` });
    expect([nobody.truth, inside(nobody, 'Code')]).toEqual(['not-found', 'AccessDenied']);
    expect(inside(nobody, 'Message')).toContain(':user/hour4 is not authorized to perform: sts:AssumeRole');
  });

  test('an operation that the mock does not know is loud', () => {
    const { query, first } = open();
    expect(query(first, 'iam', { Action: 'CreateUser' })).toMatchObject({
      truth: 'unmodelled',
      answer: { status: 501 },
    });
  });
});

describe('the end of a session', () => {
  test('is told in another way by each protocol', () => {
    const { everywhere, who, first, advance } = open();
    advance(HOUR);
    const answers = everywhere(first);
    expect(truthsOf(answers)).toEqual(['expired']);
    expect(statusesOf(answers)).toEqual({
      iam: 403,
      dynamodb: 400,
      ec2: 400,
      lambda: 403,
      s3: 400,
      head: 400,
    });
    expect(inside(who(first), 'Code')).toBe('ExpiredToken');
    expect(inside(answers.iam, 'Code')).toBe('ExpiredToken');
    expect(answers.dynamodb.answer.body).toEqual({
      __type: 'com.amazon.coral.service#ExpiredTokenException',
      message: 'The security token included in the request is expired',
    });
    expect(inside(answers.ec2, 'Code')).toBe('RequestExpired');
    expect(answers.lambda.answer.headers['x-amzn-errortype']).toBe('ExpiredTokenException');
    expect(inside(answers.s3, 'Message')).toBe('The provided token has expired.');
    expect(textOf(answers.head)).toBe('');
  });

  test('by a deny of older sessions looks like a missing permission, and the session still knows its name', () => {
    const { everywhere, who, first, act, assume, user, advance } = open();
    act({ act: 'end-sessions' });
    const answers = everywhere(first);
    expect(truthsOf(answers)).toEqual(['session-ended']);
    expect(statusesOf(answers)).toEqual({
      iam: 403,
      dynamodb: 400,
      ec2: 403,
      lambda: 403,
      s3: 403,
      head: 403,
    });
    for (const exchange of Object.values(answers)) expect(textOf(exchange)).not.toMatch(/expired/i);
    expect(inside(answers.s3, 'Code')).toBe('AccessDenied');
    expect(inside(answers.ec2, 'Code')).toBe('UnauthorizedOperation');
    expect(who(first).truth).toBe('ok');
    expect(assume(first).truth).toBe('session-ended');
    advance(SECOND);
    expect(truthsOf(everywhere(sessionIn(assume(user))))).toEqual(['ok']);
  });

  test('by an act: who revokes a grant ends its sessions and the next ones, who closes a role lets them live', () => {
    const revoked = open();
    revoked.act({ act: 'revoke' });
    expect(truthsOf(revoked.everywhere(revoked.first))).toEqual(['revoked-by-user']);
    expect(revoked.assume(revoked.user).truth).toBe('revoked-by-user');
    const closed = open();
    closed.act({ act: 'end-refresh' });
    expect(truthsOf(closed.everywhere(closed.first))).toEqual(['ok']);
    expect(closed.assume(closed.user)).toMatchObject({ truth: 'revoked-by-admin', answer: { status: 403 } });
    const password = open();
    password.act({ act: 'change-password' });
    expect(truthsOf(password.everywhere(password.first))).toEqual(['ok']);
  });

  test('by a new secret or a deleted key is the end of the user alone', () => {
    const rotated = open();
    rotated.act({ act: 'rotate-client-secret' });
    expect(inside(rotated.assume(rotated.user), 'Code')).toBe('SignatureDoesNotMatch');
    const deleted = open();
    deleted.act({ act: 'delete-client' });
    expect(inside(deleted.assume(deleted.user), 'Code')).toBe('InvalidClientTokenId');
    for (const { everywhere, first } of [rotated, deleted])
      expect(truthsOf(everywhere(first))).toEqual(['ok']);
  });

  test('does not come in the world of the twin, whatever is asked for', () => {
    const twin = { ...aws, policy: neverExpiring(aws.policy, 3650 * 24 * HOUR) };
    const { assume, user, everywhere, advance } = open(twin);
    const session = sessionIn(assume(user, { DurationSeconds: '900' }));
    advance(300 * 24 * HOUR);
    expect(truthsOf(everywhere(session))).toEqual(['ok']);
  });
});
