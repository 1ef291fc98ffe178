// The names by which AWS knows accounts, roles, users and access keys.

import { type Randomness, seededRandomness } from '../../randomness.ts';
import type { AccountIdentity } from '../../service.ts';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const KEY_BITS = 80n;
const NUMBER_SHIFT = 39n;
const KEY_HEX_DIGITS = 9;

/** The name of the IAM user whose key is told to subjects as the client's. */
export const USER_NAME = 'hour4';

/** The twelve digits of a tenant's AWS account. */
export const accountNumberOf = (tenant: string): string =>
  String(100_000_000_000 + Math.floor(seededRandomness(tenant).uniform('aws account') * 800_000_000_000));

/** The role that an account's grant lets others assume; its name is the account's id. */
export const roleArnOf = ({ id, tenant }: AccountIdentity): string =>
  `arn:aws:iam::${accountNumberOf(tenant)}:role/${id}`;

/** The IAM user, at home in this tenant's AWS account. */
export const userArnOf = (tenant: string): string =>
  `arn:aws:iam::${accountNumberOf(tenant)}:user/${USER_NAME}`;

/** The id that stays the same however its bearer is renamed: `AROA` for roles, `AIDA` for users. */
export const uniqueIdOf = (prefix: 'AROA' | 'AIDA', arn: string): string =>
  prefix + base32(BigInt(`0x${seededRandomness(arn).hex(20, prefix)}`));

/** The key of the IAM user, which is what clients are to AWS. It is made before there is any account. */
export const userKeyId = (randomness: Randomness): string =>
  accessKeyId('AKIA', accountNumberOf(USER_NAME), randomness.hex(KEY_HEX_DIGITS, 'aws user key'));

/** The key of a new session in an account. */
export const sessionKeyId = ({ tenant }: AccountIdentity, randomness: Randomness, key: string): string =>
  accessKeyId('ASIA', accountNumberOf(tenant), randomness.hex(KEY_HEX_DIGITS, 'aws key', key));

/**
 * An access key id: `ASIA` for the key of a session, `AKIA` for one that lasts. Like the real ones it holds the number
 * of its AWS account, and so it can be read back.
 */
export function accessKeyId(prefix: 'ASIA' | 'AKIA', accountNumber: string, randomHex: string): string {
  const topBit = 1n << (KEY_BITS - 1n);
  return prefix + base32(topBit | (BigInt(accountNumber) << NUMBER_SHIFT) | BigInt(`0x${randomHex}`));
}

/** The number of the AWS account that an access key id holds. */
export function accountNumberIn(keyId: string): string {
  // Ten characters hold the fifty highest bits: the one at the top, the number, and nine that are random.
  let bits = 0;
  for (let at = 4; at < 14; at++) bits = bits * 32 + Math.max(0, BASE32.indexOf(keyId[at] ?? 'A'));
  return String(Math.floor((bits % 2 ** 49) / 2 ** 9)).padStart(12, '0');
}

function base32(bits: bigint): string {
  let text = '';
  for (let shift = KEY_BITS - 5n; shift >= 0n; shift -= 5n) text += BASE32[Number((bits >> shift) & 31n)];
  return text;
}
