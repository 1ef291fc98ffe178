// Gives each life in a warm process modules of its own: what a subject keeps in them must not outlive it.

import { createRequire, registerHooks, stripTypeScriptTypes } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const ours = new URL('.', import.meta.url).href;
const javascript = new Map<string, string>();
let lives = 0;

// What it installed is kept, and so is what hosts it: that is what makes a start cheap.
registerHooks({
  resolve: (specifier, context, nextResolve) => {
    const found = nextResolve(specifier, context);
    const isKept =
      !found.url.startsWith('file:') || found.url.includes('/node_modules/') || found.url.startsWith(ours);
    if (isKept || found.format === 'commonjs' || found.format === 'commonjs-typescript') return found;
    return { ...found, url: `${found.url}${found.url.includes('?') ? '&' : '?'}life=${lives}` };
  },
  load: (url, context, nextLoad) => {
    if (context.format !== 'module-typescript') return nextLoad(url, context);
    const file = fileURLToPath(url);
    const known = javascript.get(file);
    if (known !== undefined) return { format: 'module', source: known, shortCircuit: true };
    const { source } = nextLoad(url, context);
    const stripped = withoutTypes(textOf(source));
    javascript.set(file, stripped);
    return { format: 'module', source: stripped, shortCircuit: true };
  },
});

// Node does the same by itself, life after life, and warns only those who ask for it by name.
function withoutTypes(source: string): string {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return stripTypeScriptTypes(source);
  } finally {
    process.emitWarning = emitWarning;
  }
}

const textOf = (source: string | ArrayBuffer | NodeJS.TypedArray | undefined): string =>
  typeof source === 'string' ? source : new TextDecoder().decode(source);

/** Imports a module for a new life, with everything of its own that it imports. */
export async function importAnew(url: string): Promise<{ readonly default?: unknown }> {
  lives += 1;
  for (const file of Object.keys(require.cache))
    if (!file.includes('/node_modules/')) delete require.cache[file];
  return import(url);
}
