// `npm run schema`: writes the JSON Schemas of the config and of the result beside package.json.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PUBLISHED } from './published.ts';

const ROOT = join(import.meta.dirname, '..', '..');

for (const [name, schema] of Object.entries(PUBLISHED)) {
  writeFileSync(join(ROOT, name), `${JSON.stringify(schema, null, 2)}\n`);
}
