// Signature Version 4 against the vendor's own published example, and every way to get a signature wrong.

import { describe, expect, test } from 'vitest';
import type { Request } from '../../mocks/http.ts';
import { type Credentials, credentialsIn } from '../../mocks/services/aws/credentials.ts';
import aws from '../../mocks/services/aws/index.ts';
import { signed } from '../../mocks/services/aws/sign.ts';
import { readSignature, signatureFor } from '../../mocks/services/aws/signature.ts';
import { START_MS, visit } from './visit.ts';

const MINUTE = 60_000;

// docs.aws.amazon.com: IAM user guide, create a signed request (the ListUsers example that AWS publishes).
const EXAMPLE: Request = {
  method: 'GET',
  host: 'iam.amazonaws.com',
  path: '/',
  query: { Action: 'ListUsers', Version: '2010-05-08' },
  headers: {
    'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
    'x-amz-date': '20150830T123600Z',
    authorization:
      'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, ' +
      'SignedHeaders=content-type;host;x-amz-date, ' +
      'Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7',
  },
  body: '',
};

test('the example that AWS publishes has the signature that AWS publishes', () => {
  const said = readSignature(EXAMPLE) ?? expect.unreachable();
  expect(said).toMatchObject({ accessKeyId: 'AKIDEXAMPLE', region: 'us-east-1', service: 'iam' });
  expect(signatureFor(EXAMPLE, said, 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY')).toBe(said.signature);
});

describe('a call', () => {
  const opened = () => {
    const visited = visit(aws);
    const { provider, account, clock } = visited;
    const key = credentialsIn(account.accessToken);
    let calls = 0;
    const request: Request = {
      method: 'PUT',
      host: '127.0.0.1:1',
      path: '/acme-nightly/a%20b/c.txt',
      query: { 'x-id': 'PutObject' },
      headers: {},
      body: 'five\n',
    };
    const ask = (asked: Request) => provider.handle(asked, clock.nowMs, `call-${++calls}`);
    return { ...visited, key, request, ask };
  };
  const changed = (request: Request, headers: Record<string, string>) => ({
    ...request,
    headers: { ...request.headers, ...headers },
  });

  test('with a good signature is let in, wherever its path and its query are encoded', () => {
    const { ask, key, request } = opened();
    const exchange = ask(signed(request, key, START_MS));
    expect([exchange.truth, exchange.answer.status]).toEqual(['ok', 200]);
    expect(exchange.writes).toEqual([{ place: 's3/acme-nightly/a b/c.txt', cells: { body: 'five\n' } }]);
  });

  test.each<[string, (request: Request) => Request]>([
    ['another method', (request) => ({ ...request, method: 'DELETE' })],
    ['another path', (request) => ({ ...request, path: '/acme-nightly/a%20b/d.txt' })],
    ['another query', (request) => ({ ...request, query: { 'x-id': 'Other' } })],
    ['another host', (request) => ({ ...request, host: 'elsewhere.example' })],
    ['another body', (request) => ({ ...request, body: 'six\n' })],
    [
      'another date within the quarter hour',
      (request) => changed(request, { 'x-amz-date': '20260302T220100Z' }),
    ],
  ])('is refused for %s than was signed', (_what, spoil) => {
    const { ask, key, request } = opened();
    expect(ask(spoil(signed(request, key, START_MS))).truth).toBe('wrong-secret');
  });

  test('is refused with another secret, for another service, or on another day', () => {
    const { ask, key, request } = opened();
    const good = signed(request, key, START_MS);
    const authorization = good.headers.authorization ?? '';
    expect(ask(signed(request, { ...key, secretAccessKey: 'x' }, START_MS)).truth).toBe('wrong-secret');
    const forSqs = changed(good, { authorization: authorization.replace('/s3/', '/sqs/') });
    expect(ask(forSqs).truth).toBe('wrong-secret');
    const yesterday = changed(good, { authorization: authorization.replace('/20260302/', '/20260301/') });
    expect(ask(yesterday).truth).toBe('wrong-secret');
  });

  test('is refused without its session token, with that of another session, or by a key that nobody minted', () => {
    const { ask, key, request, connect } = opened();
    const other = credentialsIn(connect('acme-two', 'acme').accessToken);
    expect(ask(signed(request, { ...key, sessionToken: null }, START_MS)).truth).toBe('unknown-token');
    const mixed = { ...key, sessionToken: other.sessionToken };
    expect(ask(signed(request, mixed, START_MS)).truth).toBe('unknown-token');
    const forged = { ...key, accessKeyId: 'ASIAAAAAAAAAAAAAAAAA' };
    const exchange = ask(signed(request, forged, START_MS));
    expect(exchange.truth).toBe('unknown-token');
    expect(exchange.answer.body).toContain('<Code>InvalidAccessKeyId</Code>');
  });

  test('counts for fifteen minutes on either side of its date, to the second', () => {
    const { ask, key, request } = opened();
    const at = (offsetMs: number) => ask(signed(request, key, START_MS + offsetMs)).truth;
    expect([at(15 * MINUTE), at(-15 * MINUTE)]).toEqual(['ok', 'ok']);
    expect(at(15 * MINUTE + 1000)).toBe('assertion-from-future');
    expect(at(-15 * MINUTE - 1000)).toBe('assertion-expired');
  });

  test('with no signature, or one that cannot be read, is nobody', () => {
    const { ask, request, account } = opened();
    expect(ask(request).truth).toBe('no-token');
    expect(ask(changed(request, { authorization: `Bearer ${account.accessToken}` })).truth).toBe('no-token');
    expect(ask(changed(request, { authorization: 'AWS4-HMAC-SHA256 Credential=x' })).truth).toBe('no-token');
  });
});

describe('a request that was signed beforehand', () => {
  // The signature is in the query, so that the link alone lets one in.
  const presigned = (
    by: Credentials,
    path: string,
    service: string,
    more: Record<string, string>,
    seconds: number,
  ) => {
    const scope = `20260302/us-east-1/${service}/aws4_request`;
    const query: Record<string, string> = {
      ...more,
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Credential': `${by.accessKeyId}/${scope}`,
      'X-Amz-Date': '20260302T220000Z',
      'X-Amz-Expires': String(seconds),
      'X-Amz-SignedHeaders': 'host',
      'X-Amz-Security-Token': by.sessionToken ?? '',
    };
    const request = { method: 'GET', host: '127.0.0.1:1', path, query, headers: {}, body: '' };
    const said = readSignature({ ...request, query: { ...query, 'X-Amz-Signature': 'to come' } });
    const signature = signatureFor(request, said ?? expect.unreachable(), by.secretAccessKey);
    return { ...request, query: { ...query, 'X-Amz-Signature': signature } };
  };
  const opened = () => {
    const { provider, account, clock, advance } = visit(aws);
    const ask = (request: Request) => provider.handle(request, clock.nowMs, String(clock.nowMs));
    return { key: credentialsIn(account.accessToken), ask, advance };
  };

  test('is good until its own end, which is told in the words of a denial', () => {
    const { key, ask, advance } = opened();
    const link = presigned(key, '/acme-nightly/reports/2026-03-01.csv', 's3', {}, 1800);
    advance(30 * MINUTE);
    expect(ask(link).truth).toBe('ok');
    expect(ask({ ...link, path: '/acme-nightly/reports/2026-03-02.csv' }).truth).toBe('wrong-secret');
    advance(1);
    const { truth, answer } = ask(link);
    expect([truth, answer.status]).toEqual(['assertion-expired', 403]);
    expect(answer.body).toContain('<Code>AccessDenied</Code><Message>Request has expired</Message>');
  });

  test('dies with the session that signed it', () => {
    const { key, ask, advance } = opened();
    const link = presigned(key, '/acme-nightly/reports/2026-03-01.csv', 's3', {}, 12 * 3600);
    advance(60 * MINUTE);
    expect(ask(link)).toMatchObject({ truth: 'expired', answer: { status: 400 } });
  });

  test('shows others who somebody is', () => {
    const { key, ask } = opened();
    const fields = { Action: 'GetCallerIdentity', Version: '2011-06-15' };
    const { truth, answer } = ask(presigned(key, '/', 'sts', fields, 60));
    expect(truth).toBe('ok');
    expect(answer.body).toContain(':assumed-role/acme-aws/hour4</Arn>');
  });
});
