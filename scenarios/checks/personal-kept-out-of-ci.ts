// A person's own account in a build: it acts in that person's name, and it is gone when the person is.

import type { Check, Run } from '../../harness/check.ts';
import type { BrokerCallReturned, EntryOf, WorldAccount } from '../../harness/entry.ts';
import { entriesOf } from '../../harness/ledger.ts';
import { formatMoment } from '../../harness/moment.ts';
import { isJsonObject } from '../../mocks/http.ts';
import { accountCalls } from './account-calls.ts';
import { errorOf } from './asked-calls.ts';
import { auditOf } from './audit-rows.ts';
import { counted, failure, type Instance } from './instances.ts';

/** Acts by which the owner of an account is gone. */
const GONE: ReadonlySet<string> = new Set(['offboard', 'delete-account']);
/** Codes by which a call says that the account itself is the trouble. */
const OF_THE_ACCOUNT: ReadonlySet<string> = new Set([
  'REAUTH_REQUIRED',
  'PERMISSION_DENIED',
  'CREDENTIALS_EXPIRED',
]);
const NOT_OFFERED = 501;

const fix =
  'Refuse before the token is read: `if (process.env.CI && account.owner === "personal") return { ok: false, error: { code: "PERSONAL_IN_CI", message, retryable: false } }`.';

export default {
  id: 'personal-kept-out-of-ci',
  title: 'A personal account’s token is not handed to a build',
  category: 'hygiene',
  loses: 'other',
  why: 'A build that runs on somebody’s own key acts in their name, escapes their review, and breaks on the day they leave, when nobody knows whose key it was.',
  judged:
    'Where CI is set, each question for the token of an account whose `owner` is `personal` must be refused with PERSONAL_IN_CI; calls are not judged. After the ' +
    'owner of a personal account is gone, the errors of calls must name the account and its owner (the tenant, or the word "personal"), and the request log must hold the account.',
  fix,
  kinds: ['broker'],
  judge: (run) => {
    const { ledger } = run;
    const personal = ledger.world.accounts.filter(({ owner }) => owner === 'personal');
    if (ledger.world.ci !== true || personal.length === 0)
      return { verdict: 'inconclusive', message: 'No personal account was used on a build machine.' };
    const mine = new Map(personal.map((account) => [account.id, account]));
    const answered = accountCalls(ledger, 'token')
      .filter(({ account }) => mine.has(account))
      .flatMap(({ returned }) => returned ?? [])
      .filter(({ status }) => status !== NOT_OFFERED);
    if (answered.length === 0)
      return {
        verdict: 'not-applicable',
        message: 'The broker hands no tokens out (GET /accounts/{id}/token).',
      };
    const instances = [...handedOut(answered), ...unnamed(run, mine)];
    if (instances.length > 0) return failure(instances, fix);
    const message = `${counted(answered.length, 'question')} for the token of a personal account, each refused with PERSONAL_IN_CI.`;
    return { verdict: 'pass', message };
  },
} satisfies Check;

function handedOut(answers: readonly BrokerCallReturned[]): Instance[] {
  return answers.flatMap((returned): Instance[] => {
    if (errorOf(returned)?.code === 'PERSONAL_IN_CI') return [];
    const { result, at, seq, account } = returned;
    const token = isJsonObject(result) && typeof result.accessToken === 'string';
    const did = token ? 'was handed out' : `was refused as ${errorOf(returned)?.code || 'something else'}`;
    const message = `At ${formatMoment(at)} the token of ${account}, somebody’s own account, ${did}, with CI set. It should have been refused with PERSONAL_IN_CI.`;
    return [{ atMs: at, message, evidence: [seq] }];
  });
}

function unnamed({ ledger }: Run, personal: ReadonlyMap<string, WorldAccount>): Instance[] {
  const logs = auditOf(ledger);
  const rows = [...(logs?.values() ?? [])].flat();
  return entriesOf(ledger, 'act').flatMap((act): Instance[] => {
    const account = personal.get(act.account);
    if (account === undefined || !GONE.has(act.act)) return [];
    const mute = accountCalls(ledger)
      .filter((call) => call.account === account.id)
      .flatMap(({ returned }) => returned ?? [])
      .find((returned) => returned.seq > act.seq && isMute(errorOf(returned), account));
    if (mute !== undefined)
      return [instance(act, mute.at, mute.seq, 'the error of a call does not say whose account it was')];
    const logged = logs === null || rows.some(({ row }) => row.account === account.id);
    return logged ? [] : [instance(act, act.at, act.seq, 'the request log does not hold the account')];
  });
}

/** Whether an error is for the account itself, and leaves out whose it was. */
function isMute(error: ReturnType<typeof errorOf>, { id, tenant }: WorldAccount): boolean {
  if (error === null || !OF_THE_ACCOUNT.has(error.code)) return false;
  if (!error.message.includes(id)) return true;
  // Many ids begin with the tenant's name already.
  if (id.includes(tenant)) return false;
  return !error.message.split(id).some((rest) => rest.includes(tenant) || /personal/i.test(rest));
}

function instance(act: EntryOf<'act'>, atMs: number, seq: number, what: string): Instance {
  const message = `The owner of ${act.account} was gone from ${formatMoment(act.at)} on (${act.act}), and ${what}. Somebody else has to find out.`;
  return { atMs, message, evidence: [act.seq, seq] };
}
