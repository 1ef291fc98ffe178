// When a replica was gone, and when it was back.

import { expect, test } from 'vitest';
import type { Draft } from '../../harness/entry.ts';
import { isHere, presenceOf } from '../../scenarios/checks/presence.ts';
import { HOUR, story } from './ledgers.ts';

const PARTY = 'broker-0';
const ENTRIES: Readonly<Record<string, Draft>> = {
  killed: { kind: 'process.killed', party: PARTY, reason: 'It was hit.' },
  paused: { kind: 'process.paused', party: PARTY },
  exited: { kind: 'process.exited', party: PARTY, code: 1, signal: null },
  started: { kind: 'process.started', party: PARTY, resume: true },
  resumed: { kind: 'process.resumed', party: PARTY },
  ready: { kind: 'process.ready', party: PARTY },
  'other killed': { kind: 'process.killed', party: 'broker-1', reason: 'It was hit.' },
  'other started': { kind: 'process.started', party: 'broker-1', resume: true },
};

type Moment = readonly [what: string, atMs: number];
const NONE: readonly Moment[] = [];

const END = 6 * HOUR;

test.each([
  ['was never gone', NONE, 0, END, true],
  ['was started', [['started', 0]], 0, END, true],
  ['was killed later', [['killed', 100]], 0, 99, true],
  ['was killed by then', [['killed', 100]], 0, 100, false],
  ['never came back', [['killed', 100]], END, END, false],
  ['was another', [['other killed', 100]], 0, END, true],
  [
    'came back as another',
    [
      ['killed', 100],
      ['other started', 200],
    ],
    END,
    END,
    false,
  ],
  ['exited', [['exited', 100]], 200, 300, false],
  ['exited as the story ended', [['exited', END]], 0, END, true],
  [
    'was starting',
    [
      ['killed', 100],
      ['started', 200],
    ],
    10_200,
    END,
    false,
  ],
  [
    'had started',
    [
      ['killed', 100],
      ['started', 200],
    ],
    10_201,
    END,
    true,
  ],
  [
    'is ready, but was not seen to start',
    [
      ['killed', 100],
      ['ready', 200],
    ],
    END,
    END,
    false,
  ],
  [
    'was paused',
    [
      ['paused', 100],
      ['resumed', 200],
    ],
    0,
    150,
    false,
  ],
  [
    'was resumed at that moment',
    [
      ['paused', 100],
      ['resumed', 200],
    ],
    200,
    END,
    false,
  ],
  [
    'had been resumed',
    [
      ['paused', 100],
      ['resumed', 200],
    ],
    201,
    END,
    true,
  ],
  [
    'was killed while it was paused',
    [
      ['paused', 100],
      ['killed', 150],
      ['started', 200],
    ],
    100,
    120,
    false,
  ],
  [
    'was gone twice: then',
    [
      ['paused', 100],
      ['resumed', 200],
      ['paused', 300],
      ['resumed', 400],
    ],
    110,
    120,
    false,
  ],
  [
    'was gone twice: between',
    [
      ['paused', 100],
      ['resumed', 200],
      ['paused', 300],
      ['resumed', 400],
    ],
    210,
    290,
    true,
  ],
  [
    'was gone twice: again',
    [
      ['paused', 100],
      ['resumed', 200],
      ['paused', 300],
    ],
    310,
    320,
    false,
  ],
  [
    'was started twice',
    [
      ['killed', 100],
      ['started', 200],
      ['started', 90_000],
    ],
    50_000,
    60_000,
    true,
  ],
] as const)('a replica that %s: %j, from %s to %s: %s', (_how, moments, fromMs, toMs, expected) => {
  const told = story();
  for (const [what, atMs] of moments as readonly Moment[]) {
    told.at(atMs);
    const entry = ENTRIES[what];
    if (entry === undefined) throw new Error(`no entry is called ${what}`);
    told.append({ ...entry });
  }
  expect(isHere(presenceOf(told.ledger), PARTY, fromMs, toMs)).toBe(expected);
});
