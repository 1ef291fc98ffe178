// What the services of AWS hold: objects, items, machines, functions and roles, each in its protocol.

import { describe, expect, test } from 'vitest';
import { encodeBody } from '../../mocks/http.ts';
import { credentialsIn } from '../../mocks/services/aws/credentials.ts';
import aws from '../../mocks/services/aws/index.ts';
import { xml } from '../../mocks/services/aws/xml.ts';
import { inside, OBJECT, open, textOf, variantOf } from './aws-visit.ts';

const ALL = {
  ...aws,
  scopes: [...aws.scopes, 's3:DeleteObject', 'dynamodb:DeleteItem', 'ec2:TerminateInstances'],
};

describe('S3', () => {
  test('keeps what is put, lists it, and shows the head of it as long as it is', () => {
    const { go, first } = open();
    const path = '/acme-nightly/reports/r%C3%BCck/1.txt';
    const put = go(first, 'PUT', path, 'zurück', { 'content-type': 'text/plain' });
    expect(put.answer.headers.etag).toMatch(/^"[0-9a-f]{32}"$/);
    const got = go(first, 'GET', path);
    expect([textOf(got), got.answer.headers['content-type']]).toEqual(['zurück', 'text/plain']);
    const head = go(first, 'HEAD', path).answer;
    expect(Buffer.byteLength(encodeBody(head))).toBe(7);
    const listed = textOf(go(first, 'GET', '/acme-nightly?list-type=2&prefix=reports/r'));
    expect(listed).toContain('<KeyCount>1</KeyCount>');
    expect(listed).toContain('<Key>reports/rück/1.txt</Key>');
  });

  test('puts together a body that came in chunks', () => {
    const { go, first } = open();
    const chunks = '4\r\nfour\r\n3\r\n-up\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n';
    const put = go(first, 'PUT', '/acme-nightly/chunks', chunks, { 'content-encoding': 'aws-chunked' });
    expect(put.writes).toEqual([{ place: 's3/acme-nightly/chunks', cells: { body: 'four-up' } }]);
  });

  test('tells absent keys from absent buckets, and says nothing of those of others', () => {
    const { go, first, connect } = open();
    connect('globex-aws', 'globex');
    const code = (path: string) => {
      const exchange = go(first, 'GET', path);
      return [exchange.answer.status, inside(exchange, 'Code')];
    };
    expect(code('/acme-nightly/nothing')).toEqual([404, 'NoSuchKey']);
    expect(code('/nobodys-bucket/nothing')).toEqual([404, 'NoSuchBucket']);
    expect(code('/globex-nightly/reports/2026-03-01.csv')).toEqual([403, 'AccessDenied']);
    const head = go(first, 'HEAD', '/acme-nightly/nothing').answer;
    expect([head.status, head.body]).toEqual([404, '']);
  });

  test('deletes with a rarer permission only', () => {
    const poor = open();
    expect(poor.go(poor.first, 'DELETE', OBJECT)).toMatchObject({ truth: 'scope-missing', writes: [] });
    const { go, first, get } = open(ALL);
    expect(go(first, 'DELETE', OBJECT).answer.status).toBe(204);
    expect(get(first).truth).toBe('not-found');
  });
});

describe('DynamoDB', () => {
  test('gets, puts and deletes items', () => {
    const { dynamo, first } = open(ALL);
    const Key = { id: { S: '7' } };
    const Item = { ...Key, state: { S: 'open' } };
    const put = dynamo(first, 'PutItem', { TableName: 'Orders', Item });
    expect(put.writes).toEqual([{ place: 'dynamodb/Orders', cells: { id: '7', state: 'open' } }]);
    expect(dynamo(first, 'GetItem', { TableName: 'Orders', Key }).answer.body).toEqual({ Item });
    dynamo(first, 'DeleteItem', { TableName: 'Orders', Key });
    expect(dynamo(first, 'GetItem', { TableName: 'Orders', Key }).answer.body).toEqual({});
  });

  test.each([
    ['no json', 'SerializationException'],
    [{ Key: { id: { S: '7' } } }, 'ValidationException'],
    [{ TableName: 'Orders', Key: { other: { S: '7' } } }, 'ValidationException'],
    [{ TableName: 'Nothing', Key: { id: { S: '7' } } }, 'ResourceNotFoundException'],
  ])('refuses %j', (body, type) => {
    const { go, first } = open();
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const { answer } = go(first, 'POST', '/', text, { 'x-amz-target': 'DynamoDB_20120810.GetItem' });
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).toContain(`#${type}"`);
  });
});

describe('EC2, Lambda and IAM', () => {
  test('machines are described and stopped', () => {
    const { query, first } = open();
    const id = inside(query(first, 'ec2', { Action: 'DescribeInstances' }), 'instanceId') ?? '';
    const stopped = query(first, 'ec2', { Action: 'StopInstances', 'InstanceId.1': id });
    expect(textOf(stopped)).toContain('<previousState><code>16</code><name>running</name></previousState>');
    expect(stopped.writes).toEqual([{ place: `ec2/${id}`, cells: { state: 'stopped' } }]);
    expect(textOf(query(first, 'ec2', { Action: 'DescribeInstances', 'InstanceId.1': id }))).toContain(
      'stopped',
    );
  });

  test('machines of another account do not exist', () => {
    const { query, first, connect } = open();
    const theirs = credentialsIn(connect('globex-aws', 'globex').accessToken);
    const id = inside(query(theirs, 'ec2', { Action: 'DescribeInstances' }), 'instanceId') ?? '';
    const refused = query(first, 'ec2', { Action: 'StopInstances', 'InstanceId.1': id });
    expect([refused.truth, inside(refused, 'Code')]).toEqual(['other-tenant', 'InvalidInstanceID.NotFound']);
  });

  test('a role says how long its sessions may last', () => {
    const { query, first } = open(variantOf('long-sessions'));
    const role = query(first, 'iam', { Action: 'GetRole', RoleName: 'acme-aws' });
    expect(inside(role, 'MaxSessionDuration')).toBe('43200');
    expect(inside(query(first, 'iam', { Action: 'ListUsers' }), 'Code')).toBe('AccessDenied');
  });

  test('too many calls are throttled, and a second later they are not', () => {
    const { everywhere, get, first, advance } = open(variantOf('throttled'));
    expect(get(first).truth).toBe('ok');
    const codes = Object.values(everywhere(first)).map(({ answer }) => answer.status);
    expect(codes).toEqual([400, 400, 503, 429, 503, 503]);
    advance(1000);
    expect(get(first).truth).toBe('ok');
  });

  test('calls of STS are throttled for the account of whoever signed them', () => {
    const { query, first, connect, advance } = open(variantOf('throttled'));
    const second = credentialsIn(connect('globex-aws', 'globex').accessToken);
    const whoAmI = (signer: typeof first) => query(signer, 'sts', { Action: 'GetCallerIdentity' });
    expect([first, first, second].map((signer) => whoAmI(signer).truth)).toEqual([
      'ok',
      'rate-limited',
      'ok',
    ]);
    const refused = whoAmI(first);
    expect([refused.answer.status, inside(refused, 'Code')]).toEqual([400, 'Throttling']);
    advance(1000);
    expect(whoAmI(first).truth).toBe('ok');
  });
});

test('XML holds no markup that a text brought', () => {
  expect(xml({ Message: '<a & "b">', List: ['x', 1] })).toBe(
    '<Message>&lt;a &amp; &quot;b&quot;&gt;</Message><List><member>x</member><member>1</member></List>',
  );
});
