// What must survive a restart. A file is either the old one or the new one, never half of either.

import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { world } from './world.mjs';

/**
 * @param {string} name
 * @returns {any} What was kept under that name; null when nothing was.
 */
export function load(name) {
  const file = join(world.store, name);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}

/**
 * @param {string} name
 * @param {object} value
 */
export function save(name, value) {
  mkdirSync(world.store, { recursive: true });
  const file = join(world.store, name);
  const descriptor = openSync(`${file}.new`, 'w', 0o600);
  writeSync(descriptor, JSON.stringify(value));
  fsyncSync(descriptor);
  closeSync(descriptor);
  renameSync(`${file}.new`, file);
}
