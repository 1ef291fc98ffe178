// Nothing tells a tool which step it is, and what it remembers stays through a story.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { entriesOf, parseLedger } from '../../harness/ledger.ts';
import { examineTool } from './tool-run.ts';

/** Tells what it was started with, and then behaves like a tool of level 1. */
const SPY = `
import { readFileSync, writeFileSync } from 'node:fs';
const { env, argv } = process;
const world = JSON.parse(readFileSync(env.HOUR4_WORLD, 'utf8'));
const [account] = world.accounts;
const file = env.HOUR4_STORE + '/calls';
let calls = 0;
try { calls = Number(readFileSync(file, 'utf8')); } catch {}
writeFileSync(file, String(calls + 1));
console.error('SPY ' + JSON.stringify({
  calls,
  names: Object.keys(env).sort(),
  args: argv.slice(2),
  home: env.HOME,
  fields: Object.keys(account).sort(),
  same: env.TOOL_TOKEN === env.HOUR4_PLAIN_ACCESS_TOKEN && account.accessToken === env.TOOL_TOKEN,
  ends: env.HOUR4_PLAIN_EXPIRES_AT === account.expiresAt,
  lengths: [env.TOOL_TOKEN.length, env.HOUR4_PLAIN_REFRESH_TOKEN.length, env.HOUR4_PLAIN_EXPIRES_AT.length],
}));
const answer = await fetch(env.HOUR4_PLAIN_API + '/v1/items', { headers: { authorization: 'Bearer ' + env.TOOL_TOKEN } });
console.log(await answer.text());
process.exitCode = answer.ok ? 0 : 1;
`;

/** Steps in which the life of the credential is over. */
const OVER: readonly string[] = ['expired', 'cascade', 'rollback', 'dead'];

let dir = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'secrecy-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

test.each(['exact', 'real'] as const)(
  'in %s time all steps look the same',
  { timeout: 60_000 },
  async (time) => {
    const file = join(dir, 'spy.mjs');
    await writeFile(file, SPY);
    const outDir = join(dir, time);
    const steps = { denied: ['items'], notFound: ['items'], rollback: ['items'], more: [['items']] };
    const { scenarios } = await examineTool({ outDir, run: [process.execPath, file], steps, time });
    for (const { id } of scenarios) {
      const ledger = parseLedger(await readFile(join(outDir, `${id}.jsonl`), 'utf8'));
      for (const sent of entriesOf(ledger, 'call.sent')) {
        // A repetition has the credential of the step before it.
        if (!('step' in sent) || sent.step === 'repeat') continue;
        const isOver = sent.expiresAt !== null && sent.expiresAt < sent.at;
        expect([sent.step, isOver]).toEqual([sent.step, OVER.includes(sent.step)]);
      }
      const log = await readFile(join(outDir, `${id}.tool.log`), 'utf8');
      const seen = [...log.matchAll(/^err SPY (.*)$/gm)].map(([, text = '']) => JSON.parse(text));
      expect(seen.length).toBeGreaterThan(1);
      const [{ calls: _first, ...usual }] = seen;
      expect(usual).toMatchObject({ same: true, ends: true, args: ['items'] });
      seen.forEach(({ calls, ...rest }, nth) => {
        expect(calls).toBe(nth);
        expect(rest).toEqual(usual);
      });
    }
  },
);
