// The exit code is all that a shell script sees.

import type { Check } from '../../harness/check.ts';
import type { Ledger } from '../../harness/ledger.ts';
import type { Situation } from '../../harness/rubric/error-report.ts';
import { type ToolCall, toolCallsOf } from '../../harness/rubric/tool-calls.ts';
import { failure, type Instance } from './instances.ts';
import { failedIn, notSeen, wrongAbout } from './tool-story.ts';

const EXPIRY = 10;
const DENIAL = 8;

const fix = `Exit with ${EXPIRY} when the credential has expired, with ${DENIAL} when a live one is refused, and with neither on anything else.`;

export default {
  id: 'exit-codes',
  title: `Expiry exits with ${EXPIRY}, denial with ${DENIAL}, and nothing else does`,
  category: 'expiry',
  loses: 'other',
  why: 'The table of exit codes of challenge 53: 10 is an expired credential, which a refresh heals; 8 is a permanent denial.',
  judged: `A failure by expiry exits with ${EXPIRY}, a denial or a missing scope with ${DENIAL}. Success and not-found exit with neither, and a credential that never was valid not with ${EXPIRY}. An agent whose claim holds an \`error\` is measured the same way; one that exits with 0 says no more than its claim.`,
  fix,
  kinds: ['agent', 'tool'],
  judge: (run) => {
    const { ledger } = run;
    const failures = (...situations: readonly Situation[]) =>
      failedIn(run, situations).filter(({ report }) => run.kind === 'tool' || report.exitCode !== 0);
    const expiries = failures('expired');
    const denials = failures('denied', 'missing-scope');
    const unborn = failures('never-valid');
    const misused = taken(ledger);
    if ([...expiries, ...denials, ...unborn, ...misused].length === 0)
      return notSeen(run, 'No call failed by its credential.');
    const instances = [
      ...expiries
        .filter(({ report }) => report.exitCode !== EXPIRY)
        .map((call) => wrongAbout(call, `${exited(call.report.exitCode)} It should have been ${EXPIRY}.`)),
      ...denials
        .filter(({ report }) => report.exitCode !== DENIAL)
        .map((call) => wrongAbout(call, `${exited(call.report.exitCode)} It should have been ${DENIAL}.`)),
      ...unborn
        .filter(({ report }) => report.exitCode === EXPIRY)
        .map((call) => wrongAbout(call, `${exited(EXPIRY)} That is for credentials that have expired.`)),
      ...misused,
    ];
    if (instances.length > 0) return failure(instances, fix);
    return { verdict: 'pass', message: 'Every exit code said what had happened.' };
  },
} satisfies Check;

const exited = (code: number | null) =>
  code === null ? 'It did not exit by itself.' : `It exited with ${code}.`;

// Codes that mean a refusal must not be spent on what is none.
function taken(ledger: Ledger): Instance[] {
  return toolCallsOf(ledger).flatMap((call) => {
    const { sent, returned } = call;
    const code = returned.exitCode;
    const came = withoutRefusal(call);
    if (came === null || (code !== EXPIRY && code !== DENIAL)) return [];
    const what = `\`${sent.argv.join(' ')}\` ${came}. ${exited(code)}`;
    return [
      { atMs: returned.at, message: `${what} That is for refused credentials.`, evidence: [returned.seq] },
    ];
  });
}

/** What came of a call that was not refused in the end, in words; null where it was, or where nothing is known. */
function withoutRefusal({ answers }: ToolCall): string | null {
  if (answers.at(-1)?.truth === 'not-found') return 'asked for what is not there';
  const isHealed = (route: string, seq: number) =>
    answers.some((later) => later.seq > seq && later.route === route && later.truth === 'ok');
  const isDone = answers.every(({ truth, route, seq }) => truth === 'ok' || isHealed(route, seq));
  return isDone && answers.length > 0 ? 'was served' : null;
}
