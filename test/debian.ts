// Programs of the system that tests run: found where they are, installed by apt where they are missing and that is allowed.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A Debian package, and the program in it. */
export interface SystemProgram {
  readonly package: string;
  /** Names under which systems have it. */
  readonly names: readonly string[];
}

const APT = ['apt-get', '-o', 'DPkg::Lock::Timeout=300', '-qq', '-y', '--no-install-recommends'];
const LONGEST_MS = 600_000;

/** The path of a program, installing its package where need be; null where that cannot be done. */
export function systemProgram(wanted: SystemProgram): string | null {
  return find(wanted) ?? (install(wanted.package) ? find(wanted) : null);
}

function find({ names }: SystemProgram): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const paths = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return paths.find((path) => existsSync(path)) ?? null;
}

function install(name: string): boolean {
  if (process.getuid?.() !== 0) return false;
  console.log(`installing the Debian package ${name}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const [command = '', ...options] = APT;
  const run = (...args: string[]) =>
    spawnSync(command, [...options, ...args], { env, stdio: 'ignore', timeout: LONGEST_MS }).status === 0;
  return run('install', name) || (run('update') && run('install', name));
}
