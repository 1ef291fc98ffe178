// Every tool specimen: the mock tool with one disease, or none; its score, and what it must fail.

import type { Behaviour } from '../../../harness/mock-tool/behaviour.ts';

/** A specimen. */
export interface ToolSpecimen {
  readonly id: string;
  /** What it changes about an honest tool of level 3. */
  readonly knobs: Partial<Behaviour>;
  /** Null where nothing is told that could be scored. */
  readonly score: 0 | 1 | 2 | 3 | null;
  /** The checks that fail in one scenario or another, in catalogue order. */
  readonly fails: readonly string[];
  /** The first finding; null for the healthy. */
  readonly named: string | null;
}

/** All specimens, the healthy first. */
export const TOOL_SPECIMENS: readonly ToolSpecimen[] = [
  { id: 'careful', knobs: {}, score: 3, fails: [], named: null },
  { id: 'heals-itself', knobs: { heals: true }, score: null, fails: [], named: null },
  {
    id: 'level-2',
    knobs: { level: 2 },
    score: 2,
    fails: ['expiry-told-apart', 'exit-codes'],
    named: 'expiry-told-apart',
  },
  {
    id: 'level-1',
    knobs: { level: 1 },
    score: 1,
    fails: [
      'expiry-told-apart',
      'expired-at-true',
      'reauth-works',
      'exit-codes',
      'rollback-with-live-credential',
    ],
    named: 'expiry-told-apart',
  },
  {
    id: 'level-0',
    knobs: { level: 0 },
    score: 0,
    fails: [
      'expiry-told-apart',
      'expired-at-true',
      'reauth-works',
      'exit-codes',
      'rollback-with-live-credential',
    ],
    named: 'expiry-told-apart',
  },
  {
    id: 'lies-about-expired-at',
    knobs: { expiredAt: 'wrong' },
    score: 1,
    fails: ['expired-at-true'],
    named: 'expired-at-true',
  },
  {
    id: 'reauth-command-is-a-lie',
    knobs: { reauth: 'lies' },
    score: 1,
    fails: ['reauth-works'],
    named: 'reauth-works',
  },
  {
    id: 'calls-denial-expired',
    knobs: { denial: 'called-expired' },
    score: 0,
    fails: ['expiry-told-apart', 'exit-codes', 'denied-not-expired'],
    named: 'expiry-told-apart',
  },
  {
    id: 'rolls-back-with-dead-token',
    knobs: { looksFirst: false },
    score: 3,
    fails: ['rollback-with-live-credential'],
    named: 'rollback-with-live-credential',
  },
  {
    id: 'speaks-plain-text',
    knobs: { output: 'text' },
    score: 1,
    fails: ['expiry-told-apart', 'expired-at-true', 'reauth-works'],
    named: 'expiry-told-apart',
  },
];
