// Where machines, containers and pods find credentials: instance metadata, the container endpoint, web identity.

import { describe, expect, test } from 'vitest';
import { signJwt } from '../../mocks/jwt.ts';
import { type Credentials, credentialsOf } from '../../mocks/services/aws/credentials.ts';
import { inside, open, sessionIn, textOf, variantOf } from './aws-visit.ts';
import { bodyOf, START_MS } from './visit.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const ROLES = '/latest/meta-data/iam/security-credentials';
const TTL = 'x-aws-ec2-metadata-token-ttl-seconds';

/** A visit by a machine. */
function machine(variant?: string) {
  const visited = open(...(variant === undefined ? [] : [variantOf(variant)]));
  const { go } = visited;
  const token = (seconds = '21600') => textOf(go(null, 'PUT', '/latest/api/token', '', { [TTL]: seconds }));
  const read = (path: string, shown: string | null = token()) =>
    go(null, 'GET', path, '', shown === null ? {} : { 'x-aws-ec2-metadata-token': shown });
  const credentials = () => bodyOf(read(`${ROLES}/acme-aws`));
  return { ...visited, token, read, credentials };
}

const keyOf = ({ AccessKeyId }: Record<string, unknown>): Credentials => credentialsOf(String(AccessKeyId));

describe('instance metadata', () => {
  test('gives a token, then the name of the role, then its credentials, which work', () => {
    const { read, get, credentials } = machine();
    expect(textOf(read(`${ROLES}/`))).toBe('acme-aws');
    expect(textOf(read(ROLES))).toBe('acme-aws');
    const given = credentials();
    expect(given).toEqual({
      Code: 'Success',
      LastUpdated: '2026-03-02T22:00:00Z',
      Type: 'AWS-HMAC',
      AccessKeyId: expect.stringMatching(/^ASIA/),
      SecretAccessKey: keyOf(given).secretAccessKey,
      Token: keyOf(given).sessionToken,
      Expiration: '2026-03-03T04:00:00Z',
    });
    expect(get(keyOf(given)).truth).toBe('ok');
  });

  test('is recorded as the place where tokens come from, for the account whose role was asked for', () => {
    const { read, account } = machine();
    const exchange = read(`${ROLES}/acme-aws`);
    expect(exchange).toMatchObject({ endpoint: 'token', account: account.id, truth: 'ok' });
    expect(exchange.effects.map(({ kind }) => kind)).toEqual(['minted']);
  });

  test('hands out the same credentials until five minutes before their end', () => {
    const { credentials, advance, get } = machine();
    const first = credentials();
    advance(6 * HOUR - 5 * MINUTE - 1);
    expect(credentials()).toEqual(first);
    advance(1);
    const second = credentials();
    expect(second.AccessKeyId).not.toBe(first.AccessKeyId);
    expect(second.Expiration).toBe('2026-03-03T09:55:00Z');
    expect([get(keyOf(first)).truth, get(keyOf(second)).truth]).toEqual(['ok', 'ok']);
  });

  test('wants a token that it gave, and gave for long enough', () => {
    const { read, token, advance } = machine();
    const short = token('60');
    expect(read(`${ROLES}/`, null)).toMatchObject({ truth: 'no-token', answer: { status: 401 } });
    expect(read(`${ROLES}/`, 'AQAEAforged==').truth).toBe('unknown-token');
    expect(read(`${ROLES}/`, short.replace(/.{3}==$/, 'zzz==')).truth).toBe('unknown-token');
    advance(60 * SECOND - 1);
    expect(read(`${ROLES}/`, short).truth).toBe('ok');
    advance(1);
    expect(read(`${ROLES}/`, short)).toMatchObject({ truth: 'expired', answer: { status: 401 } });
  });

  test.each(['', '0', '21601', 'long'])('gives no token for "%s" seconds', (seconds) => {
    const { go } = machine();
    expect(go(null, 'PUT', '/latest/api/token', '', { [TTL]: seconds }).answer.status).toBe(400);
  });

  test('of version 1 answers without a token, but takes no bad one', () => {
    const { read } = machine('imds-v1');
    expect(textOf(read(`${ROLES}/`, null))).toBe('acme-aws');
    expect(read(`${ROLES}/`, 'AQAEAforged==').answer.status).toBe(401);
  });

  test('says with the status 200 that the role may not be assumed', () => {
    const { read, act } = machine();
    act({ act: 'end-refresh' });
    const refused = read(`${ROLES}/acme-aws`);
    expect(refused).toMatchObject({ truth: 'revoked-by-admin', answer: { status: 200 } });
    expect(bodyOf(refused).Code).toBe('AssumeRoleUnauthorizedAccess');
  });

  test('that is stale goes on to hand out what is over', () => {
    const { credentials, advance, get } = machine('stale-metadata');
    const first = credentials();
    advance(7 * HOUR);
    expect(credentials()).toEqual(first);
    expect(get(keyOf(first)).truth).toBe('expired');
  });
});

describe('the container endpoint', () => {
  test('gives the credentials of a role to who shows the token of the container', () => {
    const { go, account, get } = open();
    const headers = { authorization: account.clientSecret ?? '' };
    const given = bodyOf(go(null, 'GET', '/v2/credentials/acme-aws', '', headers));
    expect(given).toMatchObject({ RoleArn: account.installation, Expiration: '2026-03-03T04:00:00Z' });
    expect(get(keyOf(given)).truth).toBe('ok');
    for (const authorization of ['x', `Bearer ${account.clientSecret}`]) {
      const refused = go(null, 'GET', '/v2/credentials/acme-aws', '', { authorization });
      expect(refused).toMatchObject({ truth: 'unknown-token', answer: { status: 401 } });
    }
  });

  test('takes no token of which the secret was changed', () => {
    const { go, account, act } = open();
    act({ act: 'rotate-client-secret' });
    const headers = { authorization: account.clientSecret ?? '' };
    expect(go(null, 'GET', '/v2/credentials/acme-aws', '', headers).truth).toBe('unknown-token');
  });
});

describe('web identity', () => {
  const pod = (service = variantOf('web-identity')) => {
    const visited = open(service);
    const { account, query, clock } = visited;
    const token = (claims = {}) => {
      const now = Math.floor(clock.nowMs / SECOND);
      const usual = {
        iss: account.clientId,
        sub: 'night:sync',
        aud: 'sts.amazonaws.com',
        iat: now,
        exp: now + 600,
      };
      return signJwt({ ...usual, ...claims }, account.clientSecret ?? '');
    };
    const assume = (WebIdentityToken: string, more: Record<string, string> = {}) =>
      query(null, 'sts', {
        Action: 'AssumeRoleWithWebIdentity',
        RoleArn: account.installation ?? '',
        RoleSessionName: 'pod',
        WebIdentityToken,
        ...more,
      });
    return { ...visited, token, assume };
  };

  test('gives a session for a token that the provider signed, without any signature of AWS', () => {
    const { token, assume, get, account } = pod();
    const assumed = assume(token());
    expect(assumed).toMatchObject({ endpoint: 'token', account: account.id, truth: 'ok' });
    expect(inside(assumed, 'SubjectFromWebIdentityToken')).toBe('night:sync');
    expect(inside(assumed, 'Provider')).toBe(account.clientId);
    expect(get(sessionIn(assumed)).truth).toBe('ok');
  });

  test('tells an expired token from a bad one', () => {
    const { token, assume } = pod();
    const now = START_MS / SECOND;
    const refused = (given: string) => {
      const exchange = assume(given);
      return [exchange.answer.status, inside(exchange, 'Code')];
    };
    expect(refused(token({ exp: now }))).toEqual([400, 'ExpiredTokenException']);
    expect(refused(token({ iat: now + 1 }))).toEqual([400, 'ExpiredTokenException']);
    expect(refused(token({ iss: 'https://elsewhere.example' }))).toEqual([400, 'InvalidIdentityToken']);
    expect(refused(token({ aud: 'somebody' }))).toEqual([400, 'InvalidIdentityToken']);
    expect(refused(`${token().slice(0, -9)}forged-it`)).toEqual([400, 'InvalidIdentityToken']);
    expect(refused('no token')).toEqual([400, 'InvalidIdentityToken']);
  });

  test('is throttled for the account of the role, whatever the token is worth', () => {
    const webIdentity = variantOf('web-identity');
    const { token, assume, advance } = pod(webIdentity.variants.throttled?.apply(webIdentity));
    expect(assume('no token').truth).toBe('unknown-token');
    const refused = assume(token());
    expect([refused.truth, refused.answer.status]).toEqual(['rate-limited', 400]);
    expect(inside(refused, 'Code')).toBe('Throttling');
    advance(SECOND);
    expect(assume(token()).truth).toBe('ok');
  });

  test('takes an audience among others, and the limits of the role hold', () => {
    const { token, assume } = pod();
    expect(assume(token({ aud: ['somebody', 'sts.amazonaws.com'] })).truth).toBe('ok');
    expect(inside(assume(token(), { DurationSeconds: '7200' }), 'Code')).toBe('ValidationError');
    expect(assume(token(), { RoleArn: 'arn:aws:iam::1:role/x' })).toMatchObject({
      truth: 'not-found',
      answer: { status: 403 },
    });
  });
});
