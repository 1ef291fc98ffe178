// Brokers whose replicas share a store: each with the story in which its disease shows, and what it must fail there.

/** A specimen: its file has the name of its disease. */
export interface SharedSpecimen {
  readonly id: string;
  readonly story: string;
  readonly replicas: number;
  /** The checks that fail in one telling or another, in catalogue order. */
  readonly fails: readonly string[];
  /** The first finding. */
  readonly named: string;
}

// Who lost the race finds the winner's tokens, and tries for a moment whether they are only too new.
const LOST = ['calls-survive-expiry', 'session-survives', 'stops-on-terminal'];

/** All sick ones, in the order of the checks that they prove. */
export const SHARED_SPECIMENS: readonly SharedSpecimen[] = [
  {
    id: 'trusts-expires-in-string',
    story: 'odd-expires-in',
    replicas: 1,
    fails: ['no-dead-token-sent', 'one-refresh', 'refreshes-ahead'],
    named: 'no-dead-token-sent',
  },
  { id: 'no-lock', story: 'slow-refresh-beats-lock', replicas: 3, fails: LOST, named: 'session-survives' },
  {
    id: 'lock-per-instance',
    story: 'slow-refresh-beats-lock',
    replicas: 3,
    fails: LOST,
    named: 'session-survives',
  },
  {
    id: 'lock-lease-too-short',
    story: 'slow-refresh-beats-lock',
    replicas: 3,
    fails: ['session-survives', 'stops-on-terminal'],
    named: 'session-survives',
  },
  {
    id: 'one-lock-for-all',
    story: 'one-slow-provider',
    replicas: 3,
    fails: ['lock-not-too-wide'],
    named: 'lock-not-too-wide',
  },
  {
    id: 'lock-never-freed',
    story: 'holder-dies',
    replicas: 3,
    fails: ['lock-is-freed'],
    named: 'lock-is-freed',
  },
  {
    id: 'persists-after-use',
    story: 'killed-before-persist',
    replicas: 1,
    fails: ['no-spent-token', 'session-survives', 'keeps-the-rotated'],
    named: 'no-spent-token',
  },
  {
    id: 'forgets-rotation',
    story: 'killed-before-persist',
    replicas: 1,
    fails: ['no-spent-token', 'session-survives', 'keeps-the-rotated'],
    named: 'no-spent-token',
  },
  {
    id: 'loser-deletes-winner',
    story: 'holder-pauses',
    replicas: 3,
    fails: ['session-survives'],
    named: 'session-survives',
  },
  {
    id: 'env-token-per-replica',
    story: 'refresh-kills-siblings',
    replicas: 3,
    fails: ['no-dead-token-sent', 'session-survives', 'keeps-the-rotated', 'stops-on-terminal'],
    named: 'session-survives',
  },
  {
    id: 'late-answer-wins',
    story: 'holder-pauses',
    replicas: 3,
    fails: ['no-dead-token-sent', 'keeps-the-rotated'],
    named: 'keeps-the-rotated',
  },
  {
    id: 'writes-in-place',
    story: 'store-goes-bad',
    replicas: 1,
    fails: ['keeps-the-rotated'],
    named: 'keeps-the-rotated',
  },
  {
    id: 'wipes-on-omitted',
    story: 'refresh-token-omitted',
    replicas: 1,
    fails: ['keeps-the-rotated'],
    named: 'keeps-the-rotated',
  },
  {
    id: 'takes-whoever-consents',
    story: 'reauth-by-another-person',
    replicas: 3,
    // It holds two grants of the other account under two names, and refreshes both.
    fails: ['one-refresh', 'keeps-the-rotated', 'resumes-without-repeat', 'right-identity'],
    named: 'one-refresh',
  },
  {
    id: 'takes-silence-for-an-end',
    story: 'rotation-reply-lost',
    replicas: 1,
    fails: ['lost-response-handled', 'transient-not-terminal', 'signals-reauth'],
    named: 'lost-response-handled',
  },
  {
    id: 'comes-too-early',
    story: 'terminal-or-not',
    replicas: 1,
    fails: ['retry-after-obeyed'],
    named: 'retry-after-obeyed',
  },
  {
    id: 'knocks-again',
    story: 'terminal-or-not',
    replicas: 1,
    fails: ['stops-on-terminal'],
    named: 'stops-on-terminal',
  },
  {
    id: '503-is-terminal',
    story: 'terminal-or-not',
    replicas: 1,
    fails: ['transient-not-terminal', 'signals-reauth'],
    named: 'transient-not-terminal',
  },
  {
    id: 'invalid-grant-is-transient',
    story: 'terminal-or-not',
    replicas: 1,
    fails: ['claims-true', 'stops-on-terminal', 'signals-reauth'],
    named: 'claims-true',
  },
  {
    id: 'guesses-the-reason',
    story: 'terminal-or-not',
    replicas: 1,
    fails: ['signals-reauth'],
    named: 'signals-reauth',
  },
  {
    id: 'stops-everybody',
    story: 'terminal-or-not',
    replicas: 1,
    fails: ['only-the-affected'],
    named: 'only-the-affected',
  },
  {
    id: 'idle-for-a-quarter',
    story: 'idle-refresh-token',
    replicas: 1,
    fails: ['refreshes-ahead', 'keeps-alive'],
    named: 'keeps-alive',
  },
];
