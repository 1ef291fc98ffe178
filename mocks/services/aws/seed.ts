// What a tenant's AWS account holds when nothing was seeded: a bucket, a table, two machines, a function.

import { sha256 } from '../../digest.ts';
import { hex } from '../../encoding.ts';
import type { JsonObject } from '../../http.ts';
import { dynamodbItem, tableArnOf } from './dynamodb.ts';
import { s3Object } from './s3.ts';

const FIRST_MS = Date.parse('2026-01-05T09:00:00.000Z');
const TABLE = 'Orders';

/** The name of a tenant's bucket: unique in the world, as those of S3 are. */
export const bucketOf = (tenant: string): string => `${tenant}-nightly`;

const instanceIdOf = (tenant: string, n: number) => `i-0${hex(sha256(`${tenant} ${n}`)).slice(0, 16)}`;

/** The objects of a new account, by collection. */
export function seed(tenant: string): Record<string, readonly JsonObject[]> {
  const bucket = bucketOf(tenant);
  return {
    's3-buckets': [{ id: bucket }],
    's3-objects': ['2026-03-01', '2026-03-02'].map((day, index) =>
      s3Object(bucket, `reports/${day}.csv`, `day,orders\n${day},${41 + index}\n`, 'text/csv', FIRST_MS),
    ),
    'dynamodb-tables': [{ id: tableArnOf(tenant, TABLE) }],
    'dynamodb-items': ['open', 'shipped'].map((state, index) =>
      dynamodbItem(TABLE, { id: { S: String(1001 + index) }, state: { S: state }, total: { N: '125.50' } }),
    ),
    'ec2-instances': [1, 2].map((n) => ({
      id: instanceIdOf(tenant, n),
      type: 't3.micro',
      state: 'running',
      code: 16,
    })),
    'lambda-functions': [
      { FunctionName: 'nightly', Runtime: 'nodejs24.x', Handler: 'index.handler', State: 'Active' },
    ],
  };
}
