// What a check is: a pure judge over the record, its twin, and what the subject said.

import type { Claim } from './entry.ts';
import type { Ledger } from './ledger.ts';

/** The kinds of subject. */
export type SubjectKind = 'agent' | 'tool' | 'broker';

/** What part of a subject's conduct a check belongs to. */
export type Category =
  | 'expiry'
  | 'race'
  | 'rotation'
  | 'endOfLife'
  | 'identity'
  | 'herd'
  | 'honesty'
  | 'hygiene';

/** Everything a check may look at. All of it can be saved and judged again later. */
export interface Run {
  readonly kind: SubjectKind;
  readonly ledger: Ledger;
  /** The record of the same subject in the world where nothing expires; null when the scenario has none. */
  readonly twin: Ledger | null;
  /** The subject's last claim; null when it made none. */
  readonly claim: Claim | null;
  /** What the subject printed, by stream, with secrets replaced by their ids. */
  readonly printed: { readonly stdout: string; readonly stderr: string };
  /** How the subject ended. */
  readonly ending: Ending;
  /** Whether the subject's clock was verified to follow the world's. */
  readonly clockVerified: boolean;
}

/** How the subject's process ended. */
export type Ending =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'signalled'; readonly signal: string }
  /** hour4 ended it; `why` is a whole sentence. */
  | { readonly kind: 'killed'; readonly why: string };

/** What a check found. `evidence` are ledger sequence numbers. */
export type Judgement =
  | { readonly verdict: 'pass'; readonly message: string; readonly evidence?: readonly number[] }
  | {
      readonly verdict: 'fail';
      /** Whole sentences: what happened, when (virtual time), what should have happened. */
      readonly message: string;
      /** One paste-ready line that helps. */
      readonly fix: string;
      readonly evidence: readonly number[];
      /** The virtual moment of the first instance. */
      readonly atMs: number;
    }
  /** What the check needed did not happen: `message` says what that was. */
  | { readonly verdict: 'inconclusive'; readonly message: string }
  | { readonly verdict: 'not-applicable'; readonly message: string };

/** A pure judge. Never does I/O, never throws on purpose; one that throws is reported as the harness's own error. */
export interface Check {
  readonly id: string;
  /** What holds when it passes, as one sentence. */
  readonly title: string;
  readonly category: Category;
  /** What a failure costs: findings are sorted by it. */
  readonly loses: 'session' | 'data' | 'secret' | 'other';
  /** Why it matters: source line, RFC section or incident. */
  readonly why: string;
  /** How it is judged, for `explain`. */
  readonly judged: string;
  /** How to mend what it finds, for `explain`. */
  readonly fix: string;
  /**
   * `true-lifetimes`: margins and pauses of a subject are measured against the lives of tokens, which compressed time makes
   * shorter than an honest margin. What it would hold against a subject there is inconclusive.
   */
  readonly needs?: readonly 'true-lifetimes'[];
  readonly kinds: readonly SubjectKind[];
  /** Why another kind is not judged, in whole sentences, where one would expect it to be. */
  readonly notFor?: Partial<Readonly<Record<SubjectKind, string>>>;
  judge(run: Run): Judgement;
}
