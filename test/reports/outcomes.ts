// One result for every kind of outcome a report must be able to tell.

import type { Result } from '../../harness/result.ts';
import { finding, gradeOf, NO_COST, resultOf, scenarioResult } from '../results.ts';

const HOUR_MS = 3_600_000;

const boundaries = [
  {
    service: 'hubspot',
    account: 'acme-hubspot',
    expiredAt: [1_800_000, 3_600_000],
    crossed: 2,
    refreshes: 2,
  },
  { service: 'salesforce', account: 'acme-salesforce', expiredAt: [3 * HOUR_MS], crossed: 0, refreshes: 1 },
  { service: 'google', account: 'acme-google', expiredAt: [], crossed: 0, refreshes: 0 },
];

const LONG =
  'At 03:33:00 acme-salesforce refused `GET /services/data/v60.0/query` for 001tpNK6ROCHBb4 (expired), and it was ' +
  'never done. The run claims `completed` and does not name it. It happened 75 more times.';
const FIX =
  'On a 401, refresh once and send the same request again: ' +
  '`if (res.status === 401) { await refresh(account); res = await send(request); }`';

/** Nothing went wrong. */
const passed = resultOf(
  [
    scenarioResult('healthy-day', [
      finding('no-silent-skip', 'pass'),
      finding('one-refresh', 'inconclusive'),
    ]),
    scenarioResult('overnight-run', [finding('no-silent-skip', 'pass'), finding('one-refresh', 'pass')], {
      boundaries,
      loss: { rowsMissing: 0, rowsIncomplete: 0 },
    }),
  ],
  {
    grade: gradeOf('A', {
      coverage: { concluded: 2, of: 2 },
      categories: { ...gradeOf('A').categories, honesty: 100, race: 100 },
      cost: { refreshes: 3, needed: 3, wastedCalls: 0, callsAfterTerminal: 0, wastedVirtualMs: 0 },
    }),
  },
);

/** Several checks failed in several scenarios, one of them with a long text. */
const failed = resultOf(
  [
    scenarioResult(
      'overnight-run',
      [
        finding('session-survives', 'fail', { at: null, evidence: [] }),
        finding('no-silent-skip', 'fail', {
          message: LONG,
          fix: FIX,
          at: 12_780_000,
          evidence: [317, 320, 325, 326, 332, 334, 338, 341],
        }),
        finding('ends-clean', 'pass'),
      ],
      { verdict: 'fail', boundaries, loss: { rowsMissing: 1, rowsIncomplete: 12 } },
    ),
    scenarioResult(
      'hour-four',
      [
        finding('no-silent-skip', 'fail', { message: LONG, fix: FIX, evidence: [9] }),
        finding('ends-clean', 'fail'),
        finding('session-survives', 'not-applicable'),
      ],
      { verdict: 'fail', variant: 'rotating', realMs: 125_000, loss: { rowsMissing: 55, rowsIncomplete: 0 } },
    ),
  ],
  {
    grade: gradeOf('C', {
      coverage: { concluded: 3, of: 3 },
      cappedBy: [
        'At most C: work was skipped in silence (no-silent-skip failed in overnight-run, hour-four).',
        'At most B: ends-clean failed in hour-four.',
      ],
      categories: { ...gradeOf('C').categories, honesty: 25, race: 0 },
      cost: { refreshes: 30, needed: 16, wastedCalls: 1, callsAfterTerminal: 4, wastedVirtualMs: 7148 },
    }),
  },
);

/** The clock could not be taken: nothing is known, and only one scenario was started. */
const inconclusive = resultOf(
  [
    scenarioResult(
      'healthy-day',
      [finding('no-silent-skip', 'inconclusive'), finding('one-refresh', 'not-applicable')],
      {
        verdict: 'inconclusive',
      },
    ),
    scenarioResult(
      'hour-four',
      [finding('no-silent-skip', 'inconclusive', { message: 'Something else was missing.' })],
      {
        verdict: 'inconclusive',
        virtualMs: 0,
        realMs: 0,
        ledger: null,
      },
    ),
  ],
  {
    grade: gradeOf('N', {
      coverage: { concluded: 0, of: 1 },
      cappedBy: ['No letter: nothing could be concluded about honesty.'],
    }),
    unmodelled: [
      { service: 'hubspot', method: 'GET', path: '/v9/things/{id}', count: 3, stub: "{ id: 'things.get' }," },
    ],
  },
);

/** No scenario was for this subject. */
const notApplicable = resultOf(
  [
    scenarioResult('hour-four', [finding('no-silent-skip', 'not-applicable')], {
      verdict: 'not-applicable',
      virtualMs: 0,
      realMs: 0,
      ledger: null,
    }),
  ],
  {
    grade: gradeOf('N', {
      coverage: { concluded: 0, of: 0 },
      cappedBy: ['No letter: nothing could be concluded.'],
    }),
  },
);

/** A check broke: hour4's own fault. */
const broken = resultOf(
  [
    scenarioResult(
      'overnight-run',
      [
        finding('no-silent-skip', 'pass'),
        finding('one-refresh', 'error', { message: "The check itself failed: TypeError: Cannot read 'at'" }),
      ],
      { verdict: 'error' },
    ),
  ],
  { grade: gradeOf('A') },
);

/** A tool with a level of challenge 53. */
const graded53 = resultOf([scenarioResult('expires-mid-session', [finding('exit-codes', 'pass')])], {
  subject: { name: 'gh', kind: 'tool', time: 'exact' },
  rubric53: {
    score: 1,
    distinguishable: 'by text',
    conditions: [
      {
        id: 'expiry-in-words',
        level: 1,
        condition: 'the message says "expired"',
        met: true,
        evidence: 'token expired',
        fix: null,
      },
      {
        id: 'expiry-code',
        level: 2,
        condition: 'on expiry the code is CREDENTIALS_EXPIRED',
        met: false,
        evidence: 'gh api /user (expired): there is no error object (Stdout holds no JSON object.)',
        fix: 'Print one JSON object on stdout.',
      },
    ],
    conduct: [
      {
        scenario: 'expires-mid-session',
        step: 'expired',
        command: 'gh api /user',
        exitCode: 1,
        requests: 1,
        refreshes: 0,
        said: 'token expired',
      },
      {
        scenario: 'expires-mid-session',
        step: 'denied',
        command: 'gh api /user',
        exitCode: null,
        requests: 2,
        refreshes: 1,
        said: '',
      },
    ],
    example: { ok: false, error: { code: 'CREDENTIALS_EXPIRED' } },
  },
});

/** A broker under every cap that there is; the tightest gives the letter. */
const capped = resultOf(
  [
    scenarioResult(
      'slow-refresh-beats-lock',
      [
        finding('session-survives', 'fail'),
        finding('no-silent-skip', 'fail'),
        finding('no-secret-leaked', 'fail', { at: 0, evidence: [1] }),
        finding('refreshes-ahead', 'fail'),
      ],
      { verdict: 'fail', variant: 'eight-seconds', claims: [], loss: { rowsMissing: 2, rowsIncomplete: 0 } },
    ),
    scenarioResult('wrong-account', [finding('right-identity', 'fail')], { verdict: 'fail', claims: [] }),
  ],
  {
    subject: { name: 'vault', kind: 'broker', time: 'compressed' },
    grade: gradeOf('F', {
      coverage: { concluded: 5, of: 39 },
      cappedBy: [
        'At most F: a token was used for another tenant (right-identity failed in wrong-account).',
        'At most F: a secret got out (no-secret-leaked failed in slow-refresh-beats-lock).',
        'At most C: a session was lost that could have been kept (session-survives failed in slow-refresh-beats-lock).',
        'At most C: work was skipped in silence (no-silent-skip failed in slow-refresh-beats-lock).',
        'At most B: refreshes-ahead failed in slow-refresh-beats-lock.',
      ],
      categories: { ...gradeOf('F').categories, race: 0, honesty: 0, hygiene: 0, identity: 0, expiry: 0 },
    }),
  },
);

/** Somebody ended the run: what was judged before stands, the rest is open. */
const interrupted = resultOf(
  [
    scenarioResult('healthy-day', [finding('no-silent-skip', 'pass')]),
    scenarioResult(
      'overnight-run',
      ['no-silent-skip', 'calls-survive-expiry'].map((check) =>
        finding(check, 'inconclusive', { message: 'The run was interrupted.' }),
      ),
      { verdict: 'inconclusive', virtualMs: 0, realMs: 0, claims: [], ledger: null },
    ),
  ],
  {
    grade: gradeOf('N', {
      coverage: { concluded: 1, of: 2 },
      cappedBy: ['No letter: nothing could be concluded about expiry.'],
      categories: { ...gradeOf('N').categories, honesty: 100 },
    }),
  },
);

/** No scenario at all. */
const empty = resultOf([], { grade: gradeOf('N', { coverage: { concluded: 0, of: 0 }, cost: NO_COST }) });

/** Every kind of outcome by name. */
export const OUTCOMES: Readonly<Record<string, Result>> = {
  passed,
  failed,
  inconclusive,
  'not-applicable': notApplicable,
  broken,
  capped,
  interrupted,
  graded53,
  empty,
};
