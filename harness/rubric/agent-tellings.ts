// What an agent tells of a credential that failed it: the error in its claim, and its exit code.

import type { EntryOf } from '../entry.ts';
import { entriesOf, type Ledger } from '../ledger.ts';
import type { Told, Trial } from './error-report.ts';
import { endOf, isRefreshInTrouble, situationOf } from './last-word.ts';

/**
 * The errors in the claims of a run. An error names no account: it is read as being about what stands refused at the end,
 * and where several things do, in different ways, nothing is made of it.
 */
export function agentTellings(ledger: Ledger): readonly Told[] {
  return entriesOf(ledger, 'claim').flatMap((entry): Told[] => {
    const { error = null, status } = entry.claim;
    const refusals = error === null ? [] : standingRefusals(ledger, entry.seq);
    const [first] = refusals;
    if (error === null || first === undefined) return [];
    if (refusals.some(({ situation }) => situation !== first.situation)) return [];
    const { situation, answer } = first;
    const report = {
      situation,
      what: `claim: ${status}`,
      error,
      text: error.message,
      oddities: [],
      exitCode: exitCodeBefore(ledger, entry.seq),
      endMs: endOf(ledger, answer.token),
    };
    return [{ report, atMs: entry.at, seq: entry.seq }];
  });
}

// The last answer that each account got, where that was a refusal.
function standingRefusals(ledger: Ledger, untilSeq: number) {
  const before = ledger.entries.filter(({ seq }) => seq < untilSeq);
  const last = new Map<string, EntryOf<'exchange.answered'>>();
  for (const entry of before)
    if (entry.kind === 'exchange.answered' && entry.endpoint === 'resource')
      last.set(entry.meantFor ?? entry.account ?? entry.service, entry);
  return [...last].flatMap(([account, answer]) => {
    const situation = situationOf(answer);
    if (situation === null) return [];
    const isTold = situation === 'expired' && isRefreshInTrouble(before, account) ? 'dead' : situation;
    return [{ situation: isTold, answer }];
  });
}

function exitCodeBefore(ledger: Ledger, seq: number): number | null {
  return entriesOf(ledger, 'process.exited').findLast((exited) => exited.seq < seq)?.code ?? null;
}

/** What came of the URL at which a paused agent asked for a new consent; null where none was given. */
export function agentTrial(ledger: Ledger): Trial | null {
  for (const { claim, seq } of entriesOf(ledger, 'claim')) {
    const asked =
      claim.status === 'paused' ? claim.reauth?.find((each) => each.reauth_url !== undefined) : undefined;
    const resumed = entriesOf(ledger, 'process.started').find((started) => started.seq > seq);
    if (asked?.reauth_url === undefined || resumed === undefined) continue;
    const answers = entriesOf(ledger, 'exchange.answered').filter(
      (answer) =>
        answer.seq > resumed.seq && answer.endpoint === 'resource' && answer.account === asked.account,
    );
    if (answers.length === 0) continue;
    const works = answers.some(({ truth }) => truth === 'ok');
    const after = works ? 'were answered' : 'were refused';
    return {
      promise: asked.reauth_url,
      works,
      evidence: `A new consent was given for ${asked.account}; its calls ${after}.`,
    };
  }
  return null;
}
