// Which AWS service and which of its operations a request means: each protocol says it in a way of its own.

import { parseForm, type Request } from '../../http.ts';

const VERSIONS: Readonly<Record<string, string>> = {
  '2011-06-15': 'sts',
  '2010-05-08': 'iam',
  '2016-11-15': 'ec2',
};

/** The fields of a Query request, in its form or in its query string. */
export const fieldsOf = ({ query, body }: Request): Record<string, string> => ({
  ...query,
  ...parseForm(body),
});

/** The operation of a Query request; null where it names none. */
export const actionOf = ({ query, body }: Request): string | null =>
  query.Action ?? /(?:^|&)Action=(\w+)/.exec(body)?.[1] ?? null;

/** The operation of a JSON 1.0 request, such as `DynamoDB_20120810.GetItem`; null where it names none. */
export const targetOf = ({ headers }: Request): string | null => headers['x-amz-target'] ?? null;

/** Fits Query requests for an operation. */
export const isAction = (action: string) => (request: Request) => actionOf(request) === action;

/** The service in whose name a request has to be signed. */
export function serviceOf(request: Request): string {
  const target = targetOf(request);
  if (target !== null) return target.startsWith('DynamoDB') ? 'dynamodb' : 'unknown';
  if (request.path.startsWith('/2015-03-31/')) return 'lambda';
  const action = actionOf(request);
  return action === null ? 's3' : (VERSIONS[fieldsOf(request).Version ?? ''] ?? 'sts');
}
