// Data of the user's own: lists of objects, written in the config or read from the JSON files it names.

import { resolve } from 'node:path';
import { isJsonObject } from '../../mocks/http.ts';
import type { JsonObject } from '../../mocks/index.ts';
import { UsageError } from '../errors.ts';
import type { Config } from './config.ts';
import { isFile } from './find.ts';
import { nearest } from './nearest.ts';
import type { ConfigInput } from './schema.ts';
import { readJson } from './source.ts';

/**
 * The objects of every collection that a config names.
 * @param folder absolute path that relative paths start from
 * @param services ids of the services that this config has
 * @throws UsageError when a service is not there, or a file is missing, broken or holds something else
 */
export function dataOf(
  data: ConfigInput['data'],
  folder: string,
  services: readonly string[],
): Config['data'] {
  return Object.fromEntries(
    Object.entries(data ?? {}).map(([service, collections]) => {
      if (!services.includes(service)) {
        throw new UsageError(`data.${service}: no service "${service}": ${nearest(service, services)}`);
      }
      const loaded = Object.entries(collections).map(([name, given]) => {
        const key = `data.${service}.${name}`;
        const objects = typeof given === 'string' ? readObjects(resolve(folder, given), key) : given;
        return [name, objects as readonly JsonObject[]] as const;
      });
      return [service, Object.fromEntries(loaded)];
    }),
  );
}

function readObjects(file: string, key: string): readonly JsonObject[] {
  if (!isFile(file)) throw new UsageError(`${key}: no such file: ${file}`);
  const value = readJson(file);
  if (Array.isArray(value) && value.every(isJsonObject)) return value;
  throw new UsageError(`${key}: ${file} must hold an array of objects`);
}
