// The score of challenge 53, out of everything that the ledgers of a suite have shown.

import type { JsonObject } from '../../mocks/index.ts';
import type { SubjectKind } from '../check.ts';
import type { Ledger } from '../ledger.ts';
import type { Conduct, Rubric53, RubricCondition } from '../result.ts';
import { agentTrial } from './agent-tellings.ts';
import { brokerTrial } from './broker-tellings.ts';
import { conditionsOf } from './conditions.ts';
import type { ErrorReport, Shown } from './error-report.ts';
import { distinguishable, level } from './level.ts';
import { toldIn } from './told.ts';
import { toolCallsOf } from './tool-calls.ts';
import { type Trials, trialsOf } from './trials.ts';

const TRIALS: Readonly<Record<SubjectKind, (ledger: Ledger) => Trials>> = {
  tool: trialsOf,
  agent: (ledger) => ({ reauth: agentTrial(ledger), envVar: null }),
  broker: (ledger) => ({ reauth: brokerTrial(ledger), envVar: null }),
};

/** What a subject has shown in these ledgers. */
export function shownBy(kind: SubjectKind, ledgers: readonly Ledger[]): Shown {
  const reports = ledgers.flatMap((ledger) => toldIn({ kind, ledger })).map(({ report }) => report);
  const of = (...situations: readonly ErrorReport['situation'][]) =>
    reports.filter(({ situation }) => situations.includes(situation));
  const trials = ledgers.map(TRIALS[kind]);
  return {
    expiries: of('expired'),
    denials: of('denied', 'missing-scope'),
    neverValid: of('never-valid'),
    reauth: trials.map(({ reauth }) => reauth).find((trial) => trial !== null) ?? null,
    envVar: trials.map(({ envVar }) => envVar).find((trial) => trial !== null) ?? null,
  };
}

/** The score; null where no expiry and no denial was shown. */
export function rubric53Of(kind: SubjectKind, ledgers: readonly Ledger[]): Rubric53 | null {
  const shown = shownBy(kind, ledgers);
  if (shown.expiries.length === 0 || shown.denials.length === 0) return null;
  const conditions = conditionsOf(kind, shown);
  const score = level(conditions);
  return {
    score,
    distinguishable: distinguishable(shown),
    conditions,
    conduct: ledgers.flatMap(conductIn),
    example: score === 3 ? null : exampleOf(kind, shown.expiries, conditions),
  };
}

function conductIn(ledger: Ledger): readonly Conduct[] {
  return toolCallsOf(ledger).map(({ sent, returned, answers, refreshes }) => ({
    scenario: ledger.world.scenario,
    step: sent.step,
    command: sent.argv.join(' '),
    exitCode: returned.exitCode,
    requests: answers.length,
    refreshes,
    said: returned.reading.text,
  }));
}

/** The envelope that would have reached the next level, with what the error said already. */
function exampleOf(
  kind: SubjectKind,
  expiries: readonly ErrorReport[],
  conditions: readonly RubricCondition[],
): JsonObject {
  const [first] = expiries;
  const missed = Math.min(...conditions.filter(({ met }) => !met).map((each) => each.level));
  const endedAt = new Date(first?.endMs ?? 0).toISOString();
  const name = kind === 'tool' ? (first?.what.split(' ')[0] ?? 'tool') : 'agent';
  return {
    ok: false,
    error: {
      code: 'CREDENTIALS_EXPIRED',
      message: `The access token expired at ${endedAt}.`,
      ...(missed < 2
        ? {}
        : {
            expired: true,
            expired_at: endedAt,
            ...(kind === 'broker'
              ? { reauth_url: 'https://broker.example/connect' }
              : { reauth_command: first?.error?.reauth_command ?? `${name} auth refresh` }),
          }),
      ...(missed < 3
        ? {}
        : {
            retryable: true,
            ...(kind === 'tool' ? { reauth_env_var: first?.error?.reauth_env_var ?? 'TOOL_TOKEN' } : {}),
          }),
    },
  };
}
