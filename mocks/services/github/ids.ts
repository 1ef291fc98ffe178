// The numbers by which GitHub knows users, installations, apps and repositories; the same in every run.

import { seededRandomness } from '../../randomness.ts';
import type { AccountIdentity } from '../../service.ts';

/** The installation that an account is. */
export const installationIdOf = ({ id }: AccountIdentity): string => String(numberOf('installation', id));

/** The id of a user or an organisation. */
export const ownerIdOf = (login: string): number => numberOf('owner', login);

/** The id of a repository. */
export const repositoryIdOf = (fullName: string): number => numberOf('repository', fullName);

/** The id of an issue, which is not its number. */
export const issueIdOf = (fullName: string, number: number): number =>
  numberOf('issue', `${fullName}#${number}`);

/** The id of an app, which JWTs may not use here: they name the client id. */
export const appIdOf = (clientId: string): number => numberOf('app', clientId);

/** The id of the webhook of an app. */
export const hookIdOf = (clientId: string): number => numberOf('hook', clientId);

/** The id of an authorization, by its token. */
export const authorizationIdOf = (token: string): number => numberOf('authorization', token);

const numberOf = (what: string, name: string) =>
  10_000_000 + Math.floor(seededRandomness(name).uniform(what) * 90_000_000);
