// A visit to AWS by somebody who signs, in every protocol.

import type { Exchange } from '../../mocks/exchange.ts';
import { encodeBody, type Request } from '../../mocks/http.ts';
import type { Service } from '../../mocks/service.ts';
import { type Credentials, credentialsIn } from '../../mocks/services/aws/credentials.ts';
import aws from '../../mocks/services/aws/index.ts';
import { signed } from '../../mocks/services/aws/sign.ts';
import { visit } from './visit.ts';

/** An object that every account named acme holds. */
export const OBJECT = '/acme-nightly/reports/2026-03-01.csv';

const VERSIONS = { sts: '2011-06-15', iam: '2010-05-08', ec2: '2016-11-15' } as const;

/** AWS with a variant in force. */
export const variantOf = (id: string): Service => {
  const variant = aws.variants[id];
  if (variant === undefined) throw new Error(`no variant "${id}"`);
  return variant.apply(aws);
};

/** What an answer says. */
export const textOf = ({ answer }: Exchange) => encodeBody(answer);
/** What an element of an answer holds; null where there is none. */
export const inside = (exchange: Exchange, element: string) =>
  new RegExp(`<${element}>(.*?)</${element}>`, 's').exec(textOf(exchange))?.[1] ?? null;

/** Opens an account whose calls are signed. */
export function open(service: Service = aws) {
  const visited = visit(service);
  const { account, clock, send } = visited;
  const user = {
    accessKeyId: account.clientId,
    secretAccessKey: account.clientSecret ?? '',
    sessionToken: null,
  };
  const first = credentialsIn(account.accessToken);
  const go = (
    by: Credentials | null,
    method: string,
    target: string,
    body = '',
    headers: Record<string, string> = {},
  ) => {
    const url = new URL(target, 'http://mock.invalid');
    const given = Object.fromEntries(url.searchParams);
    const request: Request = { method, host: url.host, path: url.pathname, query: given, headers, body };
    return send(method, target, body, by === null ? headers : signed(request, by, clock.nowMs).headers);
  };
  const get = (by: Credentials) => go(by, 'GET', OBJECT);
  const query = (by: Credentials | null, at: keyof typeof VERSIONS, fields: Record<string, string>) =>
    go(by, 'POST', '/', new URLSearchParams({ Version: VERSIONS[at], ...fields }).toString(), {
      'content-type': 'application/x-www-form-urlencoded',
    });
  const dynamo = (by: Credentials | null, operation: string, body: unknown) =>
    go(by, 'POST', '/', JSON.stringify(body), { 'x-amz-target': `DynamoDB_20120810.${operation}` });
  const assume = (by: Credentials, more: Record<string, string> = {}) =>
    query(by, 'sts', {
      Action: 'AssumeRole',
      RoleArn: account.installation ?? '',
      RoleSessionName: 'nightly',
      ...more,
    });
  const who = (by: Credentials) => query(by, 'sts', { Action: 'GetCallerIdentity' });
  /** The same question in every tongue. */
  const everywhere = (by: Credentials) => {
    const item = { TableName: 'Orders', Key: { id: { S: '1001' } } };
    return {
      iam: query(by, 'iam', { Action: 'GetRole', RoleName: account.id }),
      dynamodb: dynamo(by, 'GetItem', item),
      ec2: query(by, 'ec2', { Action: 'DescribeInstances' }),
      lambda: go(by, 'GET', '/2015-03-31/functions/nightly'),
      s3: get(by),
      head: go(by, 'HEAD', OBJECT),
    };
  };
  return { ...visited, user, first, go, get, query, dynamo, assume, who, everywhere };
}

/** The credentials in an answer of STS. */
export const sessionIn = (exchange: Exchange): Credentials => ({
  accessKeyId: inside(exchange, 'AccessKeyId') ?? '',
  secretAccessKey: inside(exchange, 'SecretAccessKey') ?? '',
  sessionToken: inside(exchange, 'SessionToken'),
});
