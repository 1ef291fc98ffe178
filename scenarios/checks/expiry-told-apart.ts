// An expiry that looks like a denial is retried for ever, or given up too early.

import type { Check } from '../../harness/check.ts';
import { conditionsOf } from '../../harness/rubric/conditions.ts';
import { shownBy } from '../../harness/rubric/rubric.ts';
import { counted, failure } from './instances.ts';
import { failedIn, notSeen } from './tool-story.ts';

/** The conditions of the rubric that are about telling apart; the others have checks of their own. */
const TELLING_APART = ['expiry-in-words', 'denial-in-words', 'expiry-code', 'denial-code', 'retryable'];

const fix =
  'On expiry print `{ "ok": false, "error": { "code": "CREDENTIALS_EXPIRED", "message": "… expired at …", "retryable": true } }`, on denial `"code": "PERMISSION_DENIED", "retryable": false`.';

export default {
  id: 'expiry-told-apart',
  title: 'An expired credential and a denied permission are told apart',
  category: 'expiry',
  loses: 'other',
  why: 'Errors that say "access denied" for both leave an agent no way to know whether a refresh would help: it retries for ever, or gives up what it could save (challenge 53).',
  judged:
    'Level by level: in words (on expiry the message says "expired", on denial it does not), by code ' +
    '(CREDENTIALS_EXPIRED, AUTH_EXPIRED or TOKEN_EXPIRED, and another one on denial), and by `retryable`, which is ' +
    'true on expiry only. What counts is the truth of the server: a call that a tool heals by itself shows nothing.',
  fix,
  kinds: ['agent', 'tool', 'broker'],
  judge: (run) => {
    const expiries = failedIn(run, ['expired']);
    const [first] = expiries;
    if (first === undefined) return notSeen(run, 'No call failed by an expired credential.');
    const missed = conditionsOf(run.kind, shownBy(run.kind, [run.ledger])).filter(
      ({ id, met }) => !met && TELLING_APART.includes(id),
    );
    if (missed.length === 0) {
      const message = `${counted(expiries.length, 'failure')} by expiry, told apart in words, by code and by \`retryable\`.`;
      return { verdict: 'pass', message };
    }
    const unmet = missed.map(({ condition, evidence }) => `${condition}: ${evidence}`).join('; ');
    return failure(
      [{ atMs: first.atMs, message: `It should hold that ${unmet}.`, evidence: [first.seq] }],
      fix,
    );
  },
} satisfies Check;
