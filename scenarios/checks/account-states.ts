// What a broker says of the state of an account, against what it had learnt of the account's grant by then.

import type { Ledger } from '../../harness/ledger.ts';
import { formatMoment } from '../../harness/moment.ts';
import { isJsonObject } from '../../mocks/http.ts';
import { type AccountCall, accountCalls } from './account-calls.ts';
import { grantEnds } from './grant-ends.ts';
import type { Instance } from './instances.ts';

/** A state that a broker told of an account. */
export interface ToldState {
  readonly account: string;
  readonly status: string;
  readonly call: AccountCall;
}

/** So long a replica may take to hear from its neighbours what one of them has learnt. */
const HEARD_WITHIN_MS = 5000;

/** States that say: its calls are made. */
const CONNECTED: ReadonlySet<string> = new Set(['active', 'expiring']);
/** States that say: none is made before somebody consents anew. */
const OVER: ReadonlySet<string> = new Set(['reauth_required', 'revoked']);

/** Every state that was told, in order. */
export function toldStates(ledger: Ledger): readonly ToldState[] {
  return accountCalls(ledger, 'status').flatMap((call): ToldState[] => {
    const result = call.returned?.result ?? null;
    const status = isJsonObject(result) ? result.status : null;
    return typeof status === 'string' ? [{ account: call.account, status, call }] : [];
  });
}

/** The states that were not true: connected, where the grant was known to be over; over, where calls were made all the same. */
export function falseStates(ledger: Ledger): Instance[] {
  return toldStates(ledger).flatMap((told) => {
    if (CONNECTED.has(told.status)) return deadAsConnected(ledger, told);
    return OVER.has(told.status) ? servedAsOver(ledger, told) : [];
  });
}

function deadAsConnected(ledger: Ledger, { account, status, call: { sent } }: ToldState): Instance[] {
  const { timeFactor = 1 } = ledger.world;
  const knownBy = sent.at - HEARD_WITHIN_MS * timeFactor;
  const end = grantEnds(ledger).find(
    (each) => each.account === account && each.at <= knownBy && each.untilSeq > sent.seq,
  );
  if (end === undefined) return [];
  const how = end.learntBy === 'refusal' ? 'its refresh was refused for good' : 'its service had told so';
  const message = `At ${formatMoment(sent.at)} the broker said that ${account} is \`${status}\`, whose grant was over (${end.truth}): ${how} at ${formatMoment(end.at)}. It should have said \`reauth_required\`.`;
  return [{ atMs: sent.at, message, evidence: [end.seq, sent.seq] }];
}

// Who makes a call afterwards, with no new consent in between, had not lost the grant.
function servedAsOver(ledger: Ledger, { account, status, call: { sent } }: ToldState): Instance[] {
  const isLater = (call: AccountCall) => call.account === account && call.sent.seq > sent.seq;
  const served = accountCalls(ledger).find((call) => isLater(call) && call.ok)?.sent;
  const connected = accountCalls(ledger, 'connect').find(isLater)?.sent.seq ?? Number.POSITIVE_INFINITY;
  if (served === undefined || connected < served.seq) return [];
  const message = `At ${formatMoment(sent.at)} the broker said that ${account} is \`${status}\`, and at ${formatMoment(served.at)} it made a call for it without any new consent. The state should have been \`active\`.`;
  return [{ atMs: sent.at, message, evidence: [sent.seq, served.seq] }];
}
