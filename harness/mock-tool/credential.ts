// The credential of the mock tool: out of the variables, or out of the store once it was renewed.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A credential in use. */
export interface Credential {
  readonly accessToken: string;
  readonly refreshToken: string | null;
  /** Epoch ms; null where nobody said. */
  readonly expiresAtMs: number | null;
}

/** A renewed credential, and the one in the variables that it stands for. */
interface Stored extends Credential {
  readonly replaces: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The credential to use. What was renewed wins over the variable that it was renewed from, and over no other. */
export function credentialIn(env: Environment, tokenEnv: string): Credential {
  const given = givenIn(env, tokenEnv);
  const stored = readStored(env);
  return stored?.replaces === given.accessToken ? stored : given;
}

/** Remembers a renewed credential. */
export function keepCredential(env: Environment, tokenEnv: string, renewed: Credential): void {
  const stored: Stored = { ...renewed, replaces: givenIn(env, tokenEnv).accessToken };
  const folder = env.HOUR4_STORE ?? '.';
  mkdirSync(folder, { recursive: true });
  writeFileSync(fileIn(folder), JSON.stringify(stored));
}

function givenIn(env: Environment, tokenEnv: string): Credential {
  const known = env.HOUR4_PLAIN_ACCESS_TOKEN;
  const accessToken = env[tokenEnv] ?? known ?? '';
  const end = Date.parse(env.HOUR4_PLAIN_EXPIRES_AT ?? '');
  return {
    accessToken,
    refreshToken: env.HOUR4_PLAIN_REFRESH_TOKEN ?? null,
    // The end belongs to that token only.
    expiresAtMs: accessToken !== known || Number.isNaN(end) ? null : end,
  };
}

function readStored(env: Environment): Stored | null {
  try {
    return JSON.parse(readFileSync(fileIn(env.HOUR4_STORE ?? '.'), 'utf8')) as Stored;
  } catch {
    return null;
  }
}

const fileIn = (folder: string) => join(folder, 'mock-tool.json');
