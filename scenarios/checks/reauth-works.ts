// A way out that leads nowhere is worse than none: the agent takes it, unattended, and goes round in circles.

import type { Check, Judgement, Run } from '../../harness/check.ts';
import { entriesOf, type Ledger } from '../../harness/ledger.ts';
import { shownBy } from '../../harness/rubric/rubric.ts';
import { saysOk, toolCallsOf } from '../../harness/rubric/tool-calls.ts';
import { cameBack, trialsOf } from '../../harness/rubric/trials.ts';
import { failure, type Instance } from './instances.ts';
import { failedIn, notSeen, wrongAbout } from './tool-story.ts';

const fix =
  'Name in `error.reauth_command` one program with its arguments that refreshes the credential into the store; let the store win over the variable it was renewed from; exit non-zero when the grant is over.';

export default {
  id: 'reauth-works',
  title: 'What an error says that heals it does heal it',
  category: 'expiry',
  loses: 'other',
  why: '`error.reauth_command` is the exact command that recovers the credentials, mandatory in every authentication error (challenge 53).',
  judged:
    'Every error for a credential names a `reauth_command`. After an expiry hour4 runs it, without a shell, in the same ' +
    'folder, store and variables, and calls again with the same variables: both must succeed. On a denial it need only ' +
    'run. Where the grant is dead it must not claim success. A `reauth_env_var` that is named must be read: the call ' +
    'succeeds with nothing but that variable set anew. An agent or a broker names a `reauth_url`: after the new consent its ' +
    'calls must be answered.',
  fix,
  kinds: ['agent', 'tool', 'broker'],
  judge: (run) => {
    const { kind, ledger } = run;
    if (kind !== 'tool') return consentHeals(run);
    const failed = failedIn(run, ['expired', 'dead', 'denied', 'missing-scope', 'never-valid']);
    if (failed.length === 0) return notSeen(run, 'No call failed by its credential.');
    const unnamed = failed
      .filter(({ report }) => report.error?.reauth_command === undefined)
      .map((call) => wrongAbout(call, 'The error names no `reauth_command`.'));
    const instances = [...unnamed, ...brokenPromises(run), ...notRun(run), ...falseSuccess(ledger)];
    if (instances.length > 0) return failure(instances, fix);
    return { verdict: 'pass', message: 'Every error named a way out, and every one that was tried held.' };
  },
} satisfies Check;

// Agents and brokers name a URL at which somebody consents anew.
function consentHeals(run: Run): Judgement {
  const { reauth } = shownBy(run.kind, [run.ledger]);
  if (reauth === null)
    return {
      verdict: 'not-applicable',
      message: 'No new consent was given at a URL that the subject had named.',
    };
  if (reauth.works) return { verdict: 'pass', message: reauth.evidence };
  const message = `The way out was named as ${reauth.promise}. ${reauth.evidence}`;
  const last = run.ledger.entries.slice(-1);
  return failure(
    last.map(({ at, seq }) => ({ atMs: at, message, evidence: [seq] })),
    fix,
  );
}

function brokenPromises(run: Run): Instance[] {
  const { reauth, envVar } = trialsOf(run.ledger);
  const [told] = failedIn(run, ['expired']);
  return [reauth, envVar].flatMap((trial) =>
    told === undefined || trial === null || trial.works
      ? []
      : [wrongAbout(told, `It promises that ${trial.promise} heals it. ${trial.evidence}`)],
  );
}

// After a denial there is nothing to heal; but what is named must be there.
function notRun(run: Run): Instance[] {
  const [denied] = failedIn(run, ['denied']);
  if (denied?.report.error?.reauth_command === undefined) return [];
  const skipped = entriesOf(run.ledger, 'call.skipped').filter(({ step }) => step === 'reauth');
  const died = toolCallsOf(run.ledger).filter(
    ({ sent, returned }) => sent.step === 'reauth' && returned.exitCode === null,
  );
  return [
    ...skipped.map(({ reason }) => wrongAbout(denied, reason)),
    ...died.map((call) => wrongAbout(denied, `Its \`reauth_command\` ${cameBack(call)}`)),
  ];
}

function falseSuccess(ledger: Ledger): Instance[] {
  const calls = toolCallsOf(ledger);
  const deadAt = calls.findIndex(({ sent }) => sent.step === 'dead');
  const run = deadAt < 0 ? undefined : calls.slice(deadAt).find(({ sent }) => sent.step === 'reauth');
  if (run === undefined || !saysOk(run) || run.refreshes > 0) return [];
  const { at, seq } = run.returned;
  const message =
    'The grant was revoked, and `reauth_command` claimed success all the same. It should have exited with another code than 0.';
  return [{ atMs: at, message, evidence: [seq] }];
}
