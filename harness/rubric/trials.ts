// The promises of a tool's errors, and what became of them when they were tried.

import { entriesOf, type Ledger } from '../ledger.ts';
import type { Trial } from './error-report.ts';
import { finalRefusal, saysOk, type ToolCall, toolCallsOf, wasServed } from './tool-calls.ts';

/** What the trials of one ledger have shown; null where nothing was tried. */
export interface Trials {
  readonly reauth: Trial | null;
  readonly envVar: Trial | null;
}

/** The trials that followed an expiry which the refresh token could heal. */
export function trialsOf(ledger: Ledger): Trials {
  const calls = toolCallsOf(ledger);
  const expired = calls.find(({ sent }) => sent.step === 'expired');
  const error = expired?.returned.reading.error ?? null;
  return {
    reauth: error?.reauth_command === undefined ? null : reauthTrial(ledger, calls, error.reauth_command),
    envVar: error?.reauth_env_var === undefined ? null : envVarTrial(ledger, calls, error.reauth_env_var),
  };
}

function reauthTrial(ledger: Ledger, calls: readonly ToolCall[], command: string): Trial | null {
  const promise = `\`${command}\``;
  const skipped = entriesOf(ledger, 'call.skipped').find(({ step }) => step === 'reauth');
  const run = calls.find(({ sent, nth }) => sent.step === 'reauth' && nth === 0);
  if (run === undefined)
    return skipped === undefined ? null : { promise, works: false, evidence: skipped.reason };
  const repeat = calls.find(({ sent }) => sent.step === 'repeat');
  if (repeat === undefined)
    return { promise, works: false, evidence: `It was run and ${cameBack(run)}; the call was not repeated.` };
  const works = run.returned.exitCode === 0 && isGood(repeat);
  const after = isGood(repeat) ? 'was answered' : `failed${because(repeat)}`;
  return { promise, works, evidence: `It was run and ${cameBack(run)}; the repeated call ${after}.` };
}

function envVarTrial(ledger: Ledger, calls: readonly ToolCall[], name: string): Trial | null {
  const promise = `\`${name}\``;
  const skipped = entriesOf(ledger, 'call.skipped').find(({ step }) => step === 'env-var');
  const tried = calls.find(({ sent }) => sent.step === 'env-var');
  if (tried === undefined)
    return skipped === undefined ? null : { promise, works: false, evidence: skipped.reason };
  const works = isGood(tried);
  const after = works ? 'was answered' : `failed${because(tried)}`;
  return { promise, works, evidence: `With nothing but this variable set anew the call ${after}.` };
}

const isGood = (call: ToolCall) => saysOk(call) && wasServed(call);

function because(call: ToolCall): string {
  const refusal = finalRefusal(call);
  return refusal === null ? ` (it ${cameBack(call)})` : ` (the server refused it as ${refusal})`;
}

/** How a call came back, in words that follow "it". */
export const cameBack = ({ returned }: ToolCall): string =>
  returned.exitCode === null
    ? `did not exit by itself. ${returned.otherwise ?? ''}`.trim()
    : `exited with ${returned.exitCode}`;
