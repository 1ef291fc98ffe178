// Every client, unmodified, through its story, and once more in a world where nothing ends.

import { describe, test, vi } from 'vitest';
import type { Client, Step } from './client.ts';
import { CLIENTS } from './clients.ts';
import { type Seen, tellStory, tellWithoutEnd } from './observe.ts';

vi.setConfig({ maxConcurrency: 2 });

const byStep = (seen: readonly Seen[]) =>
  Object.fromEntries(seen.map((each) => [each.step, each])) as Partial<Record<Step, Seen>>;
const fails = ({ result }: Seen) => result.startsWith('throws ');
const truths = ({ exchanges }: Seen) => exchanges.flatMap((exchange) => exchange.split(' ').slice(2));
const gotToken = ({ exchanges }: Seen, client: Client) =>
  exchanges.some((exchange) => exchange.startsWith(`${client.tokenRoute ?? 'token'} 20`));
const linesOf = (seen: readonly Seen[]) => seen.map((each) => `${JSON.stringify(each)}\n`).join('');

/** The steps that fail in the same words as an earlier one. */
function alike(seen: readonly Seen[]): readonly string[] {
  const failed = seen.filter(fails);
  return failed.flatMap((later, index) =>
    failed
      .slice(0, index)
      .filter((earlier) => earlier.result === later.result)
      .map((earlier) => `${earlier.step} ${later.step}`),
  );
}

describe.concurrent('a client', { timeout: 120_000 }, () => {
  test.for(CLIENTS)('$id', async (client, { expect }) => {
    const seen = await tellStory(client);
    await expect(linesOf(seen)).toMatchFileSnapshot(`seen/${client.id}.jsonl`);
    const { call, before, due, renewed, limited, scope, revoked } = byStep(seen);
    if (call === undefined || before === undefined || due === undefined) throw new Error('a step is missing');

    expect(fails(call)).toBe(false);
    expect(before.result).toBe(call.result);
    expect(gotToken(before, client)).toBe(false);
    // The end of the token: the client gets over it, or says so.
    expect(fails(due)).toBe(!client.survives);
    expect(gotToken(due, client)).toBe(client.survives);
    // Who asks in time is never refused, who does not is.
    if (client.margin === undefined) expect(truths(due)).toContain('expired');
    else expect(due.exchanges[0]).not.toMatch(/ expired$/);
    if (renewed !== undefined) expect(fails(renewed)).toBe(false);
    if (limited !== undefined) expect(truths(limited)).toContain('fault');
    if (scope !== undefined) {
      expect(fails(scope)).toBe(true);
      expect(truths(scope)).toContain(client.lacks ?? 'scope-missing');
    }
    if (revoked !== undefined) {
      expect(fails(revoked)).toBe(true);
      expect(truths(revoked)).toContain('revoked-by-user');
    }
    expect(alike(seen)).toEqual(client.alike ?? []);
  });

  test.for(CLIENTS)('$id has nothing to get over where nothing ends', async (client, { expect }) => {
    const { before, due } = byStep(await tellWithoutEnd(client));
    expect(due?.result).toBe(before?.result);
    // Who goes by a clock of its own asks all the same.
    if (client.ownClock !== true) expect(due?.exchanges).toEqual(before?.exchanges);
  });
});
