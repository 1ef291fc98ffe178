// Brokers whose replicas share a store: each with the stories in which its disease shows, and what it must fail there.

/** A specimen: its file has the name of its disease. */
export interface SharedSpecimen {
  readonly id: string;
  /** Told to the careful one as well. */
  readonly stories: readonly string[];
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
    stories: ['odd-expires-in'],
    replicas: 1,
    fails: ['no-dead-token-sent', 'one-refresh', 'refreshes-ahead'],
    named: 'no-dead-token-sent',
  },
  {
    id: 'no-lock',
    stories: ['slow-refresh-beats-lock', 'job-outlives-token'],
    replicas: 3,
    fails: LOST,
    named: 'session-survives',
  },
  {
    id: 'lock-per-instance',
    stories: ['slow-refresh-beats-lock'],
    replicas: 3,
    fails: LOST,
    named: 'session-survives',
  },
  {
    id: 'lock-lease-too-short',
    stories: ['slow-refresh-beats-lock'],
    replicas: 3,
    fails: ['session-survives', 'stops-on-terminal'],
    named: 'session-survives',
  },
  {
    id: 'one-lock-for-all',
    stories: ['one-slow-provider'],
    replicas: 3,
    fails: ['lock-not-too-wide'],
    named: 'lock-not-too-wide',
  },
  {
    id: 'lock-never-freed',
    stories: ['holder-dies'],
    replicas: 3,
    fails: ['lock-is-freed'],
    named: 'lock-is-freed',
  },
  {
    id: 'persists-after-use',
    stories: ['killed-before-persist'],
    replicas: 1,
    fails: ['no-spent-token', 'session-survives', 'keeps-the-rotated'],
    named: 'no-spent-token',
  },
  {
    id: 'forgets-rotation',
    stories: ['killed-before-persist', 'expires-between-check-and-call', 'write-reply-lost'],
    replicas: 1,
    fails: ['no-spent-token', 'session-survives', 'keeps-the-rotated'],
    named: 'no-spent-token',
  },
  {
    id: 'loser-deletes-winner',
    stories: ['holder-pauses'],
    replicas: 3,
    fails: ['session-survives'],
    named: 'session-survives',
  },
  {
    id: 'env-token-per-replica',
    stories: ['refresh-kills-siblings'],
    replicas: 3,
    fails: ['no-dead-token-sent', 'session-survives', 'keeps-the-rotated', 'stops-on-terminal'],
    named: 'session-survives',
  },
  {
    id: 'late-answer-wins',
    stories: ['holder-pauses'],
    replicas: 3,
    fails: ['no-dead-token-sent', 'keeps-the-rotated'],
    named: 'keeps-the-rotated',
  },
  {
    id: 'writes-in-place',
    stories: ['store-goes-bad'],
    replicas: 1,
    fails: ['keeps-the-rotated'],
    named: 'keeps-the-rotated',
  },
  {
    id: 'wipes-on-omitted',
    stories: ['refresh-token-omitted'],
    replicas: 1,
    fails: ['keeps-the-rotated'],
    named: 'keeps-the-rotated',
  },
  {
    id: 'takes-whoever-consents',
    stories: ['reauth-by-another-person'],
    replicas: 3,
    // It holds two grants of the other account under two names, and refreshes both.
    fails: ['one-refresh', 'keeps-the-rotated', 'resumes-without-repeat', 'right-identity'],
    named: 'one-refresh',
  },
  {
    id: 'takes-silence-for-an-end',
    stories: ['rotation-reply-lost'],
    replicas: 1,
    fails: ['lost-response-handled', 'transient-not-terminal', 'signals-reauth'],
    named: 'lost-response-handled',
  },
  {
    id: 'comes-too-early',
    stories: ['terminal-or-not'],
    replicas: 1,
    fails: ['retry-after-obeyed'],
    named: 'retry-after-obeyed',
  },
  {
    id: 'knocks-again',
    stories: ['terminal-or-not'],
    replicas: 1,
    fails: ['stops-on-terminal'],
    named: 'stops-on-terminal',
  },
  {
    id: '503-is-terminal',
    stories: ['terminal-or-not'],
    replicas: 1,
    fails: ['transient-not-terminal', 'signals-reauth'],
    named: 'transient-not-terminal',
  },
  {
    id: 'invalid-grant-is-transient',
    stories: ['terminal-or-not'],
    replicas: 1,
    fails: ['claims-true', 'stops-on-terminal', 'signals-reauth'],
    named: 'claims-true',
  },
  {
    id: 'guesses-the-reason',
    stories: ['terminal-or-not'],
    replicas: 1,
    fails: ['signals-reauth'],
    named: 'signals-reauth',
  },
  {
    id: 'stops-everybody',
    stories: ['terminal-or-not'],
    replicas: 1,
    fails: ['only-the-affected'],
    named: 'only-the-affected',
  },
  {
    id: 'idle-for-a-quarter',
    stories: ['idle-refresh-token'],
    replicas: 1,
    fails: ['refreshes-ahead', 'keeps-alive'],
    named: 'keeps-alive',
  },
  {
    id: 'counts-any-200',
    stories: ['ok-false'],
    replicas: 1,
    fails: ['not-found-diagnosed'],
    named: 'not-found-diagnosed',
  },
  {
    id: 'mints-anew',
    stories: ['wrong-installation'],
    replicas: 3,
    fails: ['not-found-diagnosed'],
    named: 'not-found-diagnosed',
  },
];
