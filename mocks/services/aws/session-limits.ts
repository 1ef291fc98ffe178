// How long sessions may last, how many may be asked for, and what is wrong with a request that asks for another.

import type { Doubt } from '../../proof.ts';

/** How long sessions of a role may last, and how long they do where nothing is asked. In seconds. */
export interface SessionLimits {
  readonly most: number;
  readonly usual: number;
}

/** The bucket from which an AWS account pays its calls of STS, where the policy has one. */
export const STS_BUCKET = 'sts';

/** The bounds of sessions of the IAM user, and of those of any role, in seconds. */
export const USER_LIMITS: SessionLimits = { most: 129_600, usual: 43_200 };
const ROLE_MOST_SECONDS = 43_200;
const LEAST_SECONDS = 900;
const CHAINED_MOST_SECONDS = 3600;

/** The fields of a request to STS. */
export type Asked = Readonly<Record<string, string>>;

/** What is wrong with a request for a session of a role, or null. */
export function roleRequestRefusal(fields: Asked, limits: SessionLimits, isChained: boolean): Doubt | null {
  const { RoleArn, RoleSessionName } = fields;
  if (RoleArn === undefined) return missing('roleArn');
  if (RoleSessionName === undefined) return missing('roleSessionName');
  if (!/^[\w+=,.@-]{2,64}$/.test(RoleSessionName)) {
    const pattern = 'Member must satisfy regular expression pattern: [\\w+=,.@-]*';
    return invalid(RoleSessionName, 'roleSessionName', pattern);
  }
  const seconds = secondsAsked(fields, limits);
  const bounds = durationRefusal(fields, ROLE_MOST_SECONDS);
  if (bounds !== null) return bounds;
  if (isChained && seconds > CHAINED_MOST_SECONDS) return tooLong(CHAINED);
  return seconds > limits.most ? tooLong('the MaxSessionDuration set for this role.') : null;
}

/** What is wrong with a request for a session of the IAM user, or null. */
export const userRequestRefusal = (fields: Asked): Doubt | null => durationRefusal(fields, USER_LIMITS.most);

/** The seconds that a request asks for. */
export const secondsAsked = ({ DurationSeconds }: Asked, { usual }: SessionLimits): number =>
  Number(DurationSeconds ?? usual);

function durationRefusal({ DurationSeconds }: Asked, most: number): Doubt | null {
  if (DurationSeconds === undefined) return null;
  const seconds = Number(DurationSeconds);
  const must = 'Member must have value';
  if (seconds > most)
    return invalid(DurationSeconds, 'durationSeconds', `${must} less than or equal to ${most}`);
  if (seconds >= LEAST_SECONDS) return null;
  return invalid(DurationSeconds, 'durationSeconds', `${must} greater than or equal to ${LEAST_SECONDS}`);
}

const CHAINED = 'the 1 hour session limit for roles assumed by role chaining';
const tooLong = (limit: string): Doubt => ({
  refused: 'bad-request',
  detail: `The requested DurationSeconds exceeds ${limit}`,
});
const invalid = (value: string, field: string, constraint: string): Doubt => ({
  refused: 'bad-request',
  detail: `1 validation error detected: Value '${value}' at '${field}' failed to satisfy constraint: ${constraint}`,
});
const missing = (field: string): Doubt => ({
  refused: 'missing-parameter',
  detail: `1 validation error detected: Value null at '${field}' failed to satisfy constraint: Member must not be null`,
});
