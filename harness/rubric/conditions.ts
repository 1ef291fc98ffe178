// The conditions of challenge 53, level by level: what is asked, whether it is met, and what shows it.

import type { SubjectKind } from '../check.ts';
import type { RubricCondition } from '../result.ts';
import {
  type ErrorReport,
  EXPIRY_CODES,
  endTold,
  isTrueEnd,
  type Shown,
  saysExpired,
  type Trial,
  wordsOf,
} from './error-report.ts';

/** What one condition found: the first instance that breaks it, or one that keeps it. */
interface Found {
  readonly met: boolean;
  readonly evidence: string;
}

interface Condition {
  readonly id: string;
  readonly level: 1 | 2 | 3;
  readonly kinds: readonly SubjectKind[];
  readonly condition: string;
  readonly fix: string;
  look(shown: Shown): Found;
}

const ALL: readonly SubjectKind[] = ['agent', 'tool', 'broker'];
const EXITING: readonly SubjectKind[] = ['agent', 'tool'];

const EXPIRY_EXIT = 10;
const DENIAL_EXIT = 8;

const quoted = (text: string) => `"${text.replaceAll('\n', ' / ').slice(0, 160)}"`;
const told = (report: ErrorReport, what: string) => `${report.what} (${report.situation}): ${what}`;

/** All reports must hold; the first that does not is the evidence, or the first that does. Without any nothing breaks it. */
function every(
  reports: readonly ErrorReport[],
  none: string,
  look: (report: ErrorReport) => readonly [boolean, string],
): Found {
  const found = reports.map((report) => ({ report, look: look(report) }));
  const shown = found.find(({ look: [met] }) => !met) ?? found[0];
  if (shown === undefined) return { met: true, evidence: none };
  const [met, what] = shown.look;
  return { met, evidence: told(shown.report, what) };
}

const NO_EXPIRY = 'No failure by expiry was shown.';
const NO_DENIAL = 'No denial was shown.';

/** The same for all that is no expiry. */
const everyOther = (
  { denials, neverValid }: Shown,
  look: (report: ErrorReport) => readonly [boolean, string],
) => every([...denials, ...neverValid], NO_DENIAL, look);

const NO_ENVELOPE = 'there is no error object';

const field = (report: ErrorReport, name: 'code' | 'expired_at') => {
  const value = report.error?.[name] ?? '';
  return report.error === null ? NO_ENVELOPE : value === '' ? `no \`${name}\`` : `\`${name}\` is ${value}`;
};

function tried(trial: Trial | null, missing: string): Found {
  return trial === null
    ? { met: false, evidence: missing }
    : { met: trial.works, evidence: `${trial.promise}: ${trial.evidence}` };
}

function exitsWith(code: number): (report: ErrorReport) => readonly [boolean, string] {
  return ({ exitCode }) => [
    exitCode === code,
    exitCode === null ? 'it did not exit by itself' : `exit code ${exitCode}`,
  ];
}

function endIsTrue(report: ErrorReport): readonly [boolean, string] {
  const said = report.error?.expired_at;
  if (said === undefined) return [false, field(report, 'expired_at')];
  return [isTrueEnd(Date.parse(said), report), `\`expired_at\` is ${said}, in truth ${endTold(report)}`];
}

/** All conditions, in the order in which they are told. */
export const CONDITIONS: readonly Condition[] = [
  {
    id: 'expiry-in-words',
    level: 1,
    kinds: ALL,
    condition: 'on expiry the message says "expired"',
    fix: 'Write "expired" into the message when the credential has expired: compare its end with the clock, or read the answer.',
    look: ({ expiries }) =>
      every(expiries, NO_EXPIRY, (report) => [saysExpired(wordsOf(report)), quoted(wordsOf(report))]),
  },
  {
    id: 'denial-in-words',
    level: 1,
    kinds: ALL,
    condition: 'on denial the message does not say "expired"',
    fix: 'Classify before you speak: a 403 with a live credential is a denial, and its message must not say "expired".',
    look: (shown) => everyOther(shown, (report) => [!saysExpired(wordsOf(report)), quoted(wordsOf(report))]),
  },
  {
    id: 'expiry-code',
    level: 2,
    kinds: ALL,
    condition: 'on expiry the code is CREDENTIALS_EXPIRED',
    fix: 'Print one JSON object on stdout with `error.code: "CREDENTIALS_EXPIRED"` when the credential has expired.',
    look: ({ expiries }) =>
      every(expiries, NO_EXPIRY, (report) => {
        const known = EXPIRY_CODES.indexOf(report.error?.code ?? '');
        const note = known > 0 ? `, which counts; ${EXPIRY_CODES[0]} is the usual name` : '';
        const why = report.error === null ? [' (', report.oddities.join(' '), ')'].join('') : '';
        return [known >= 0, `${field(report, 'code')}${why}${note}`];
      }),
  },
  {
    id: 'denial-code',
    level: 2,
    kinds: ALL,
    condition: 'on denial there is a code, and it is another one',
    fix: 'Print `error.code: "PERMISSION_DENIED"` when a live credential is refused.',
    look: ({ expiries, denials, neverValid }) => {
      const taken = new Set(expiries.map(({ error }) => error?.code ?? ''));
      const differs = (code: string) => !EXPIRY_CODES.includes(code) && !taken.has(code);
      const denied = every(denials, NO_DENIAL, (report) => {
        const code = report.error?.code ?? '';
        return [code !== '' && differs(code), field(report, 'code')];
      });
      if (!denied.met || neverValid.length === 0) return denied;
      // What a credential that never was is called is left open; only an expiry it is not.
      const unborn = every(neverValid, '', (report) => [
        !EXPIRY_CODES.includes(report.error?.code ?? ''),
        field(report, 'code'),
      ]);
      return unborn.met ? denied : unborn;
    },
  },
  {
    id: 'true-end',
    level: 2,
    kinds: ALL,
    condition: '`expired_at` is true within 2 s',
    fix: 'Keep the end of the credential beside it, and print it as `expired_at`, RFC 3339 in UTC.',
    look: ({ expiries }) => every(expiries, NO_EXPIRY, endIsTrue),
  },
  {
    id: 'reauth-works',
    level: 2,
    kinds: ALL,
    condition: '`reauth_command` is there and works',
    fix: 'Name in `reauth_command` the exact command that refreshes the credential into the store, and let the store win over an older variable.',
    look: ({ expiries, reauth }) => {
      const named = every(expiries, NO_EXPIRY, (report) => [
        report.error?.reauth_command !== undefined,
        report.error === null ? NO_ENVELOPE : 'no `reauth_command`',
      ]);
      return named.met ? tried(reauth, 'It is named, and was not tried.') : (reauthUrl(reauth) ?? named);
    },
  },
  {
    id: 'expiry-exit',
    level: 3,
    kinds: EXITING,
    condition: `on expiry the exit code is ${EXPIRY_EXIT}`,
    fix: `Exit with ${EXPIRY_EXIT} when the credential has expired.`,
    look: ({ expiries }) => every(expiries, NO_EXPIRY, exitsWith(EXPIRY_EXIT)),
  },
  {
    id: 'denial-exit',
    level: 3,
    kinds: EXITING,
    condition: `on denial the exit code is ${DENIAL_EXIT}`,
    fix: `Exit with ${DENIAL_EXIT} when a live credential is refused.`,
    look: ({ denials }) => every(denials, NO_DENIAL, exitsWith(DENIAL_EXIT)),
  },
  {
    id: 'stable-codes',
    level: 3,
    kinds: ['broker'],
    condition: 'the code of an expiry is always the same, and so is that of a denial',
    fix: 'Name one code for each: CREDENTIALS_EXPIRED for an expiry and PERMISSION_DENIED for a denial, on every route and account.',
    look: ({ expiries, denials }) => {
      const codes = [expiries, denials].map(
        (reports) => new Set(reports.map(({ error }) => error?.code ?? '')),
      );
      const evidence = codes.map((set) => [...set].join(', ')).join(' on expiry, ');
      return { met: codes.every(({ size }) => size <= 1), evidence: `${evidence} on denial` };
    },
  },
  {
    id: 'retryable',
    level: 3,
    kinds: ALL,
    condition: '`retryable` is true on expiry, and only there',
    fix: 'Print `retryable: true` on expiry and `retryable: false` on every other refusal.',
    look: (shown) => {
      const onExpiry = every(shown.expiries, NO_EXPIRY, (report) => [
        report.error?.retryable === true,
        report.error === null ? NO_ENVELOPE : `\`retryable\` is ${report.error.retryable ?? 'absent'}`,
      ]);
      if (!onExpiry.met) return onExpiry;
      const elsewhere = everyOther(shown, (report) => [
        report.error?.retryable !== true,
        `\`retryable\` is ${report.error?.retryable ?? 'absent'}`,
      ]);
      return elsewhere.met ? onExpiry : elsewhere;
    },
  },
  {
    id: 'env-var-works',
    level: 3,
    kinds: ['tool'],
    condition: '`reauth_env_var` is there and works',
    fix: 'Name in `reauth_env_var` the variable that the credential is read from, and read it before anything that was remembered.',
    look: ({ expiries, envVar }) => {
      const named = every(expiries, NO_EXPIRY, (report) => [
        report.error?.reauth_env_var !== undefined,
        report.error === null ? NO_ENVELOPE : 'no `reauth_env_var`',
      ]);
      return named.met ? tried(envVar, 'It is named, and was not tried.') : named;
    },
  },
];

// A URL that leads to a new consent does as well where there is no command to name.
const reauthUrl = (trial: Trial | null): Found | null =>
  trial?.promise.startsWith('http') ? tried(trial, '') : null;

/** Every condition that is asked of this kind, with what it found. */
export function conditionsOf(kind: SubjectKind, shown: Shown): readonly RubricCondition[] {
  return CONDITIONS.filter(({ kinds }) => kinds.includes(kind)).map(({ id, level, condition, fix, look }) => {
    const { met, evidence } = look(shown);
    return { id, level, condition, met, evidence, fix: met ? null : fix };
  });
}
