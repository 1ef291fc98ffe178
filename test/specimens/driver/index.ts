// Every agent that drives a tool, and what it must fail.

/** A specimen. */
export interface DriverSpecimen {
  /** Its file beside this one, without the ending. */
  readonly id: string;
  /** The ways of telling that show what it is sick of; absent = all. */
  readonly ways?: readonly string[];
  /** The checks that fail in one way of telling or another, in catalogue order. */
  readonly fails: readonly string[];
  /** The first finding; null for the healthy. */
  readonly named: string | null;
  /** Its level in challenge 53; null where no expiry or no denial was shown. */
  readonly score: 0 | 1 | 2 | 3 | null;
}

/** All specimens, the healthy first. */
export const DRIVER_SPECIMENS: readonly DriverSpecimen[] = [
  { id: 'careful', fails: [], named: null, score: 1 },
  {
    id: 'retries-forever',
    ways: ['level-3', 'level-0'],
    fails: ['calls-survive-expiry', 'bounded-retries'],
    named: 'calls-survive-expiry',
    score: null,
  },
  {
    id: 'calls-denial-expired',
    ways: ['permission-denied', 'reauth-fails'],
    fails: ['exit-codes', 'denied-not-expired'],
    named: 'exit-codes',
    score: 0,
  },
  {
    id: 'lies-about-the-end',
    ways: ['permission-denied', 'reauth-fails'],
    fails: ['expired-at-true'],
    named: 'expired-at-true',
    score: 1,
  },
  {
    id: 'calls-expiry-denied',
    ways: ['reauth-fails'],
    fails: ['expiry-told-apart', 'expired-at-true', 'exit-codes'],
    named: 'expiry-told-apart',
    score: null,
  },
];
