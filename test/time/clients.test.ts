// The clients that agents really use, a server inside the subject, and the order in which the world hears of them.
import { describe, expect, test } from 'vitest';
import { expectSteps } from './expected.ts';
import { observe, runtimes } from './subject.ts';

/** HOUR4_NIGHTLY=1 takes twenty. */
const TIMES = process.env.HOUR4_NIGHTLY === '1' ? 20 : 4;

describe.each(Object.entries(runtimes))('on Node %s', (version, node) => {
  test('fetch, undici, axios, got and kept connections', async () => {
    const seen = await observe(node, ['clients.mjs']);
    expect(seen).toMatchObject({ end: 'all-exited', exit: 0, stderr: '' });
    expectSteps(seen.marks, [
      ['fetch', 700],
      ['fetch again', 60_300],
      ['undici', 500],
      // undici counts these two in ticks of 499 ms.
      ['undici headersTimeout', 8_482],
      ['undici bodyTimeout', 6_487],
      ['axios', 12_250],
      // Three tries of 3 s, waits of 1 s and 2 s, and a timer of 0 ms, which Node makes 1, in each try.
      ['got', 12_253],
      ['keep-alive', 5_500],
      ['twenty at once', 190],
      ['an unread body', 5_000],
    ]);
    expect(seen.stdout.trim().split('\n')).toEqual([
      'UND_ERR_HEADERS_TIMEOUT',
      'UND_ERR_BODY_TIMEOUT',
      'ECONNABORTED',
      'ETIMEDOUT',
      '1',
      '5000000',
    ]);
  });

  test('a server in the subject, called by itself and by its child', async () => {
    const seen = await observe(node, ['server.mjs']);
    expect(seen).toMatchObject({ end: 'all-exited', exit: 0, stderr: '' });
    expectSteps(
      seen.marks.map((mark) => ({ ...mark, elapsedMs: mark.serverMs })),
      [
        ['served /self', 2_500],
        ['served /child', 3_500],
        ['child gone', 0],
      ],
    );
  });

  test.runIf(version === '24')(
    'the same subject gives the same sequence, time and again',
    async () => {
      const runs = new Set<string>();
      for (let run = 0; run < TIMES; run++)
        runs.add(JSON.stringify((await observe(node, ['crowd.mjs'])).marks));
      expect([...runs]).toHaveLength(1);
      expect(JSON.parse([...runs][0] ?? '[]')).toHaveLength(24);
    },
    120_000,
  );
});
