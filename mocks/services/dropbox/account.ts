// The ids by which Dropbox knows an account; the same in every run.

import { seededRandomness } from '../../randomness.ts';
import type { AccountIdentity } from '../../service.ts';

/** The account's id in the API. */
export const accountIdOf = ({ id }: AccountIdentity): string =>
  `dbid:${seededRandomness(id).chars(35, 'dropbox account')}`;

/** The account's older number, which token answers still tell. */
export const uidOf = ({ id }: AccountIdentity): string =>
  String(10_000_000 + Math.floor(seededRandomness(id).uniform('dropbox uid') * 90_000_000));
