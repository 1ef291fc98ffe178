// A rollback is for when things have gone wrong; a credential that is known to be dead is one of these things.

import type { Check } from '../../harness/check.ts';
import { formatMoment } from '../../harness/moment.ts';
import { finalRefusal, toolCallsOf } from '../../harness/rubric/tool-calls.ts';
import { failure } from './instances.ts';
import { notSeen } from './tool-story.ts';

const fix =
  'Before a rollback look at the end of the credential: refresh it, or refuse with `CREDENTIALS_EXPIRED` before anything is sent.';

export default {
  id: 'rollback-with-live-credential',
  title: 'A rollback is not tried with a credential that is known to be dead',
  category: 'expiry',
  loses: 'other',
  why: 'An agent that rolls back with the same expired credential makes the rollback fail, too (challenge 53).',
  judged:
    'After a command failed by expiry the rollback is called with the same variables. It must not be sent with the dead ' +
    'token: the end of the credential is known. Refreshing first is right, and so is refusing before anything is sent.',
  fix,
  kinds: ['tool'],
  judge: ({ kind, ledger }) => {
    const calls = toolCallsOf(ledger);
    const rollback = calls.find(({ sent }) => sent.step === 'rollback');
    if (rollback === undefined) return notSeen({ kind, ledger }, 'No rollback was called.');
    const dead = rollback.answers.find(({ truth }) => truth === 'expired');
    if (dead === undefined) {
      const how =
        finalRefusal(rollback) === null && rollback.answers.length > 0 ? 'with a live one' : 'not at all';
      return { verdict: 'pass', message: `The rollback was not sent with the dead credential, but ${how}.` };
    }
    const before = calls.find(({ sent }) => sent.step === 'expired');
    const message = `At ${formatMoment(dead.at)} the rollback was sent with ${dead.token}, which was over at ${formatMoment(rollback.sent.expiresAt ?? 0)} and had failed the command before. It should have been refreshed first, or not sent.`;
    const evidence = [...(before === undefined ? [] : [before.returned.seq]), dead.seq];
    return failure([{ atMs: dead.at, message, evidence }], fix);
  },
} satisfies Check;
