// Snowflakes: the ids by which Discord knows users, applications and guilds; the same in every run.

import { seededRandomness } from '../../randomness.ts';

const snowflake = (what: string, name: string): string => {
  const draw = seededRandomness(name).uniform('discord', what);
  return `1${String(Math.floor(draw * 1e15)).padStart(15, '0')}${what.length % 10}0`;
};

/** The user who authorized: one for each account. */
export const userIdOf = (accountId: string): string => snowflake('user', accountId);

/** The application behind a client id. */
export const applicationIdOf = (clientId: string): string => snowflake('application', clientId);

/** A tenant's nth guild. */
export const guildIdOf = (tenant: string, n: number): string => snowflake(`guild-${n}`, tenant);
