// The calls of a tool in a ledger, each with what it did at the servers.

import { isAuthFailure, type Refusal } from '../../mocks/refusals.ts';
import type { Entry, EntryOf, ToolCallReturned, ToolCallSent } from '../entry.ts';
import type { Ledger } from '../ledger.ts';
import type { ErrorReport, Situation } from './error-report.ts';

/** One call and what happened during it. */
export interface ToolCall {
  readonly sent: ToolCallSent;
  readonly returned: ToolCallReturned;
  /** Requests to resource servers, in order. */
  readonly answers: readonly EntryOf<'exchange.answered'>[];
  /** Committed token requests. */
  readonly refreshes: number;
  /** How many steps of the same kind came before it. */
  readonly nth: number;
}

/** All calls of a ledger, in order. One that never returned is none. */
export function toolCallsOf({ entries }: Ledger): readonly ToolCall[] {
  const calls: ToolCall[] = [];
  const seen = new Map<string, number>();
  let sent: ToolCallSent | null = null;
  let during: Entry[] = [];
  for (const entry of entries) {
    if (entry.kind === 'call.sent' && 'step' in entry) {
      sent = entry;
      during = [];
    } else if (entry.kind === 'call.returned' && 'step' in entry && sent !== null) {
      const nth = seen.get(entry.step) ?? 0;
      seen.set(entry.step, nth + 1);
      calls.push({ ...whatHappened(during), sent, returned: entry, nth });
      sent = null;
    } else during.push(entry);
  }
  return calls;
}

function whatHappened(during: readonly Entry[]): Pick<ToolCall, 'answers' | 'refreshes'> {
  const answered = during.filter((entry) => entry.kind === 'exchange.answered');
  return {
    answers: answered.filter(({ endpoint }) => endpoint === 'resource'),
    refreshes: answered.filter(({ endpoint, truth }) => endpoint === 'token' && truth === 'ok').length,
  };
}

/** Whether the tool says that it did what was asked: by its envelope, or else by its exit code. */
export const saysOk = ({ returned }: ToolCall): boolean =>
  returned.exitCode === 0 && returned.reading.ok !== false && returned.reading.error === null;

/** Whether it did, at the servers: its last answer was what it asked for. */
export const wasServed = ({ answers }: ToolCall): boolean => answers.at(-1)?.truth === 'ok';

/** The refusal that stood at the end of a call; null where its last answer was none. */
export function finalRefusal({ answers }: ToolCall): Refusal | null {
  const truth = answers.at(-1)?.truth;
  return truth === undefined || truth === 'ok' || truth === 'fault' || !isAuthFailure(truth) ? null : truth;
}

const SITUATIONS: Partial<Record<ToolCallSent['step'], Situation>> = {
  expired: 'expired',
  cascade: 'expired',
  rollback: 'expired',
  dead: 'dead',
  denied: 'denied',
  'missing-scope': 'missing-scope',
  'never-valid': 'never-valid',
};

/** A call that a credential failed, and what it told of that. */
export interface FailedCall {
  readonly call: ToolCall;
  readonly report: ErrorReport;
}

/** The calls of a ledger that a credential failed, in order. */
export function failedCallsOf(ledger: Ledger): readonly FailedCall[] {
  const startMs = Date.parse(ledger.world.start);
  return toolCallsOf(ledger).flatMap((call) => {
    const report = reportOf(call, startMs);
    return report === null ? [] : [{ call, report }];
  });
}

/**
 * What a call tells of a failed credential; null where none failed it: the tool healed itself, or the server let the
 * call pass. A tool that sees by itself that its credential is over need not ask the server.
 */
function reportOf(call: ToolCall, startMs: number): ErrorReport | null {
  const { sent, returned, answers } = call;
  const situation = SITUATIONS[sent.step];
  if (situation === undefined) return null;
  const refusedAtHome = answers.length === 0 && !saysOk(call);
  if (finalRefusal(call) === null && !(refusedAtHome && situation !== 'missing-scope')) return null;
  const { error, text, oddities } = returned.reading;
  return {
    situation,
    what: sent.argv.join(' '),
    error,
    text,
    oddities,
    exitCode: returned.exitCode,
    endMs: sent.expiresAt === null ? null : startMs + sent.expiresAt,
  };
}
