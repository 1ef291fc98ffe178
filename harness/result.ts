// The result of a suite: one versioned JSON document, from which every report is rendered.

import type { JsonObject } from '../mocks/index.ts';
import type { Category, SubjectKind } from './check.ts';
import type { Claim } from './entry.ts';
import type { Unmodelled } from './unmodelled.ts';

/** The five verdicts. `error` is the harness's own fault. */
export type Verdict = 'pass' | 'fail' | 'inconclusive' | 'not-applicable' | 'error';

/** A letter; `N` when a whole category that the kind allows concluded nothing. */
export type Letter = 'A' | 'B' | 'C' | 'D' | 'F' | 'N';

/** What one check found in one scenario. */
export interface Finding {
  readonly check: string;
  readonly verdict: Verdict;
  /** Whole sentences. */
  readonly message: string;
  /** One line that helps; null unless it failed. */
  readonly fix: string | null;
  /** Ledger sequence numbers. */
  readonly evidence: readonly number[];
  /** Virtual ms since start of the first instance; null where no moment applies. */
  readonly at: number | null;
}

/** A token boundary that was crossed during a scenario: a lifetime that ended while the account was in use. */
export interface Boundary {
  readonly service: string;
  readonly account: string;
  /** The virtual ms at which access tokens died by age. */
  readonly expiredAt: readonly number[];
  /** How many of those the subject called beyond. */
  readonly crossed: number;
  readonly refreshes: number;
}

/** What a run cost upstream, told apart from its outcome. */
export interface Cost {
  /** Committed token exchanges. */
  readonly refreshes: number;
  /** The least that could have done. */
  readonly needed: number;
  /** Resource calls that were refused for a dead credential. */
  readonly wastedCalls: number;
  /** Exchanges for an account after its grant was terminally refused. */
  readonly callsAfterTerminal: number;
  /** Virtual ms that calls spent waiting for answers that were refused. */
  readonly wastedVirtualMs: number;
}

/** What the healthy twin wrote and this run did not. */
export interface Loss {
  readonly rowsMissing: number;
  /** Rows that are there with a cell empty that the twin filled. */
  readonly rowsIncomplete: number;
}

/** One scenario of a suite. */
export interface ScenarioResult {
  readonly id: string;
  readonly title: string;
  readonly variant: string | null;
  readonly verdict: Verdict;
  readonly virtualMs: number;
  readonly realMs: number;
  readonly claims: readonly Claim[];
  /** One for each check of the scenario: session lost, data lost, secret, other; then catalogue order. */
  readonly findings: readonly Finding[];
  readonly boundaries: readonly Boundary[];
  /** Null when there is no sound twin to compare with. */
  readonly loss: Loss | null;
  /** Path of the ledger, relative to the output folder; null when the scenario did not run. */
  readonly ledger: string | null;
}

/** The grade, always with its coverage and its caps. */
export interface Grade {
  readonly letter: Letter;
  readonly coverage: { readonly concluded: number; readonly of: number };
  /** Why the letter is not better than it is, in whole sentences. */
  readonly cappedBy: readonly string[];
  /** 0..100, null when nothing was concluded. */
  readonly categories: Readonly<Record<Category, number | null>>;
  readonly cost: Cost;
}

/** One condition of the rubric of challenge 53. */
export interface RubricCondition {
  readonly id: string;
  readonly level: 1 | 2 | 3;
  readonly condition: string;
  readonly met: boolean;
  readonly evidence: string;
  /** What would meet it; null where it is met. */
  readonly fix: string | null;
}

/** What a tool did in one call. */
export interface Conduct {
  readonly scenario: string;
  readonly step: string;
  readonly command: string;
  /** Null when it did not exit by itself. */
  readonly exitCode: number | null;
  /** Requests to resource servers, the first and its repetitions. */
  readonly requests: number;
  readonly refreshes: number;
  readonly said: string;
}

/** How well expiry is told apart, by the rubric of challenge 53. */
export interface Rubric53 {
  readonly score: 0 | 1 | 2 | 3;
  /** Whether an expiry can be told from a denial at all, be it not by what the rubric asks for. */
  readonly distinguishable: 'by exit code' | 'by text' | 'no';
  readonly conditions: readonly RubricCondition[];
  readonly conduct: readonly Conduct[];
  /** The envelope that would reach the next level; null at the last. */
  readonly example: JsonObject | null;
}

/** The whole document. */
export interface Result {
  readonly schema: 'hour4/result@1';
  readonly tool: { readonly name: 'hour4'; readonly version: string };
  readonly subject: { readonly name: string; readonly kind: SubjectKind; readonly time: string };
  readonly seed: number;
  /** RFC 3339, real time. */
  readonly startedAt: string;
  readonly grade: Grade;
  readonly rubric53: Rubric53 | null;
  readonly scenarios: readonly ScenarioResult[];
  /** The routes that were called and no service models. */
  readonly unmodelled: readonly Unmodelled[];
  readonly totals: {
    readonly pass: number;
    readonly fail: number;
    readonly inconclusive: number;
    readonly notApplicable: number;
    readonly error: number;
  };
}
