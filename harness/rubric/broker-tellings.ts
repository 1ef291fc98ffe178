// What a broker tells of a credential that failed it: the errors of its calls, beside what the services had said.

import { isJsonObject } from '../../mocks/http.ts';
import type { JsonObject } from '../../mocks/index.ts';
import type { BrokerCallReturned, BrokerCallSent, Entry, EntryOf, ErrorObject } from '../entry.ts';
import type { Ledger } from '../ledger.ts';
import type { ErrorReport, Told, Trial } from './error-report.ts';
import { concerns, endOf, isRefreshInTrouble, situationOf } from './last-word.ts';

/** A call that failed, with all that happened while it was open. */
interface FailedCall {
  readonly sent: BrokerCallSent;
  readonly returned: BrokerCallReturned;
  readonly error: JsonObject;
}

/** The errors of calls whose last answer from the service was a refusal of the credential. */
export function brokerTellings(ledger: Ledger): readonly Told[] {
  return failedCalls(ledger).flatMap((call): Told[] => {
    const report = reportOf(ledger, call);
    return report === null ? [] : [{ report, atMs: call.returned.at, seq: call.returned.seq }];
  });
}

function failedCalls({ entries }: Ledger): readonly FailedCall[] {
  const open = new Map<string, BrokerCallSent>();
  return entries.flatMap((entry): FailedCall[] => {
    if (isSentCall(entry)) open.set(entry.call, entry);
    const sent = isReturnedCall(entry) ? open.get(entry.call) : undefined;
    if (!isReturnedCall(entry) || sent === undefined) return [];
    const { result } = entry;
    if (!isJsonObject(result) || result.ok !== false || !isJsonObject(result.error)) return [];
    return [{ sent, returned: entry, error: result.error }];
  });
}

function reportOf(ledger: Ledger, { sent, returned, error }: FailedCall): ErrorReport | null {
  // Entries are numbered from 1, without a gap.
  const answer = lastAnswer(ledger.entries.slice(sent.seq, returned.seq - 1), sent);
  const situation = answer === null ? null : situationOf(answer);
  if (answer === null || situation === null) return null;
  // Where the refresh failed meanwhile, that is what stands in the way, and may well be worth a retry.
  if (isRefreshInTrouble(ledger.entries.slice(0, returned.seq), sent.account)) return null;
  return {
    situation,
    what: `${sent.method ?? ''} ${sent.path ?? ''} for ${sent.account ?? ''}`,
    error: errorObject(error),
    text: textOf(error.message),
    oddities: [],
    exitCode: null,
    endMs: endOf(ledger, answer.token),
  };
}

function lastAnswer(during: readonly Entry[], sent: BrokerCallSent): EntryOf<'exchange.answered'> | null {
  const own = new Set(
    during.flatMap((entry) =>
      entry.kind === 'exchange.opened' && entry.endpoint === 'resource' && isFor(entry, sent)
        ? [entry.exchange]
        : [],
    ),
  );
  const last = during.findLast((entry) => entry.kind === 'exchange.answered' && own.has(entry.exchange));
  return last?.kind === 'exchange.answered' ? last : null;
}

function isFor(opened: EntryOf<'exchange.opened'>, { account, method, path }: BrokerCallSent): boolean {
  if (!concerns(opened, account) || opened.method !== method) return false;
  const { pathname, searchParams } = new URL(path ?? '', 'http://service');
  const query = [...searchParams];
  return (
    decodeURIComponent(pathname) === decodeURIComponent(opened.path) &&
    query.length === Object.keys(opened.query).length &&
    query.every(([name, value]) => opened.query[name] === value)
  );
}

function errorObject({ code, message, expired, expired_at, retryable }: JsonObject): ErrorObject {
  return {
    code: textOf(code),
    message: textOf(message),
    ...(typeof expired === 'boolean' ? { expired } : {}),
    ...(typeof expired_at === 'string' ? { expired_at } : {}),
    ...(typeof retryable === 'boolean' ? { retryable } : {}),
  };
}

/** What came of the URL that an error named for a new consent; null where nobody consented. */
export function brokerTrial(ledger: Ledger): Trial | null {
  for (const { sent, returned, error } of failedCalls(ledger)) {
    const { account } = sent;
    const url = textOf(error.reauth_url);
    const connected = ledger.entries.find(
      (entry): entry is BrokerCallReturned =>
        isReturned(entry) &&
        entry.operation === 'connect' &&
        entry.account === account &&
        entry.seq > returned.seq,
    );
    if (url === '' || connected === undefined || isAnothers(ledger, connected)) continue;
    const later = ledger.entries
      .filter(isReturnedCall)
      .filter((call) => call.account === account && call.seq > connected.seq);
    if (later.length === 0) continue;
    const works = later.some(({ result }) => isJsonObject(result) && result.ok === true);
    const after = works ? 'were answered' : 'failed';
    return {
      promise: url,
      works,
      evidence: `A new consent was given for ${account ?? ''}; its calls ${after}.`,
    };
  }
  return null;
}

// Somebody else may have signed in at the page: that is no consent of the account's, and heals nothing.
function isAnothers({ entries }: Ledger, { account, seq }: BrokerCallReturned): boolean {
  const before = entries.slice(0, seq - 1);
  const codes = new Set(
    before.flatMap((entry) =>
      entry.kind === 'exchange.opened' &&
      isJsonObject(entry.body) &&
      entry.body.grant_type === 'authorization_code'
        ? [entry.exchange]
        : [],
    ),
  );
  const exchange = before.findLast(
    (entry) => entry.kind === 'exchange.answered' && codes.has(entry.exchange),
  );
  return exchange?.kind === 'exchange.answered' && exchange.truth === 'ok' && exchange.account !== account;
}

const isSentCall = (entry: Entry): entry is BrokerCallSent =>
  entry.kind === 'call.sent' && 'operation' in entry && entry.operation === 'call';
const isReturned = (entry: Entry): entry is BrokerCallReturned =>
  entry.kind === 'call.returned' && 'operation' in entry;
const isReturnedCall = (entry: Entry): entry is BrokerCallReturned =>
  isReturned(entry) && entry.operation === 'call';

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');
