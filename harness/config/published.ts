// The JSON Schemas that others rely on, derived from the schemas that hour4 itself checks by.

import * as z from 'zod';
import { resultSchema } from '../result-schema.ts';
import { configSchema } from './schema.ts';

/** What is published, by file name at the root of the package. Draft 7, which every editor understands. */
export const PUBLISHED: Readonly<Record<string, object>> = {
  'hour4.schema.json': z.toJSONSchema(configSchema, { target: 'draft-7', io: 'input' }),
  'hour4-result.schema.json': z.toJSONSchema(resultSchema, { target: 'draft-7', io: 'output' }),
};
