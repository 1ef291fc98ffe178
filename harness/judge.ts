// Checks over a run: every check speaks once, and one that throws is the harness's fault, never a pass.

import type { Check, Judgement, Run, SubjectKind } from './check.ts';
import type { Finding, Verdict } from './result.ts';
import { withoutUnmodelled } from './unmodelled.ts';

/** One finding for each check, worst losses first, then in the order given. */
export function judge(checks: readonly Check[], run: Run): readonly Finding[] {
  const findings = checks.map((check, index) => ({
    check,
    index,
    finding: withoutUnmodelled(judgeOne(check, run), run.ledger),
  }));
  findings.sort((a, b) => rank(a.check, a.finding) - rank(b.check, b.finding) || a.index - b.index);
  return findings.map(({ finding }) => finding);
}

/** The verdict of a scenario: the worst of its findings; a pass needs at least one. */
export function scenarioVerdict(findings: readonly Finding[]): Verdict {
  const verdicts = new Set(findings.map(({ verdict }) => verdict));
  const order: readonly Verdict[] = ['error', 'fail', 'pass', 'inconclusive'];
  return order.find((verdict) => verdicts.has(verdict)) ?? 'not-applicable';
}

const LOSSES: readonly Check['loses'][] = ['session', 'data', 'secret', 'other'];

function rank(check: Check, finding: Finding): number {
  return finding.verdict === 'fail' ? LOSSES.indexOf(check.loses) : LOSSES.length;
}

function judgeOne(check: Check, run: Run): Finding {
  const judgement = judgementOf(check, run);
  const failed = judgement.verdict === 'fail';
  return {
    check: check.id,
    verdict: judgement.verdict,
    message: judgement.message,
    fix: failed ? judgement.fix : null,
    evidence: 'evidence' in judgement ? (judgement.evidence ?? []) : [],
    at: failed ? judgement.atMs : null,
  };
}

/** What a check says of a subject that it is not for. */
export const notForKind = ({ notFor = {} }: Check, kind: SubjectKind) =>
  ({
    verdict: 'not-applicable',
    message: notFor[kind] ?? `This check does not judge a subject of kind ${kind}.`,
  }) as const;

/** Nobody is blamed for what may come of the way in which time was kept. */
function unlessByTime(check: Check, judgement: Judgement, run: Run): Judgement {
  if (judgement.verdict !== 'fail') return judgement;
  const { message } = judgement;
  const why = standstill(check, run) ?? shortLives(check, run);
  return why === null ? judgement : { verdict: 'inconclusive', message: why(message) };
}

type Excuse = (message: string) => string;

// That a secret was told does not come of a standstill.
function standstill({ loses }: Check, { ledger, twin }: Run): Excuse | null {
  const { timeFactor = 1 } = ledger.world;
  const stoodStillMs = Math.max(ledger.world.stoodStillMs ?? 0, twin?.world.stoodStillMs ?? 0);
  if (stoodStillMs === 0 || loses === 'secret') return null;
  const seconds = (stoodStillMs / timeFactor / 1000).toFixed(1);
  const minutes = Math.round(stoodStillMs / 60_000);
  return (message) =>
    `hour4 itself stood still for ${seconds} s, ${minutes} minutes of the record, while the subject went on, and this may come of that: ${message} Run it again on a quieter machine, or with a smaller \`timeFactor\`.`;
}

function shortLives({ needs = [] }: Check, { ledger }: Run): Excuse | null {
  const { timeFactor } = ledger.world;
  if (timeFactor === undefined || !needs.includes('true-lifetimes')) return null;
  return (message) =>
    `Time was compressed ${timeFactor} times, and a margin that is right for the true life of a token may be longer than its compressed one, so that this proves nothing: ${message}`;
}

function judgementOf(check: Check, run: Run): Judgement | { verdict: 'error'; message: string } {
  if (!check.kinds.includes(run.kind)) return notForKind(check, run.kind);
  if (!run.clockVerified) {
    return {
      verdict: 'inconclusive',
      message:
        "The subject's clock was never seen to follow the world's, so no expiry can be told from a wrong clock.",
    };
  }
  try {
    return unlessByTime(check, check.judge(run), run);
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { verdict: 'error', message: `The check itself failed: ${reason}` };
  }
}
