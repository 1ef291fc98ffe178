// The control: a refusal that no refresh heals must not be sold as one that a refresh would heal.

import type { Check } from '../../harness/check.ts';
import { claimsExpiry, type ErrorReport, saysExpired, wordsOf } from '../../harness/rubric/error-report.ts';
import { counted, failure } from './instances.ts';
import { failedIn, notSeen, wrongAbout } from './tool-story.ts';

const fix =
  'Call it expired only when the end of the credential has passed or the server says so; a 403 with a live credential is `"code": "PERMISSION_DENIED", "retryable": false`.';

export default {
  id: 'denied-not-expired',
  title: 'A denial is not called an expiry',
  category: 'expiry',
  loses: 'other',
  why: 'An agent retries for ever on a permanent denial that is called an expiry (challenge 53).',
  judged:
    'Where a live credential was denied, lacked a scope, or nobody ever minted it, the error does not say "expired", in ' +
    'its words, its code or its `expired`, and is not `retryable`.',
  fix,
  kinds: ['agent', 'tool', 'broker'],
  judge: (run) => {
    const failed = failedIn(run, ['denied', 'missing-scope', 'never-valid']);
    if (failed.length === 0)
      return notSeen(run, 'No call was denied with a live credential, or made with one that never was.');
    const instances = failed.flatMap((call) => lies(call.report).map((what) => wrongAbout(call, what)));
    if (instances.length > 0) return failure(instances, fix);
    return { verdict: 'pass', message: `${counted(failed.length, 'refusal')}, none called an expiry.` };
  },
} satisfies Check;

function lies(report: ErrorReport): string[] {
  if (!claimsExpiry(report))
    return report.error?.retryable === true ? ['It is called retryable, and no retry can help.'] : [];
  const said = saysExpired(wordsOf(report)) ? wordsOf(report) : report.error?.code;
  return [`It is called an expiry ("${said}"), and the credential had not expired.`];
}
