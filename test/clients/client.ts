// What is said of a client: where it is pointed, when it refreshes, and the story it is told.

import type { ServiceKnobs } from '../../harness/config/knobs.ts';
import type { InterceptMode } from '../../harness/intercept/intercept.ts';
import type { Answer, Refusal } from '../../mocks/index.ts';

/** One client. Its program is `programs/<id>.mjs`, what was seen of it `seen/<id>.jsonl`. */
export interface Client {
  readonly id: string;
  /** The packages that its program uses, the judged one first. */
  readonly packages: readonly [string, ...string[]];
  readonly service: string;
  /** The service's knobs; absent = it is as it is by default. */
  readonly knobs?: ServiceKnobs;
  /** By which means its hosts are brought to the mock; absent = it can be told another base URL. */
  readonly intercept?: Exclude<InterceptMode, 'none'>;
  /** How it is pointed at the mock, for the docs. */
  readonly pointed: string;
  /** When it refreshes, for the docs. */
  readonly refreshes: string;
  /** Whether it gets over the end of a token by itself; false = it raises an error of its own. */
  readonly survives: boolean;
  /** What it does that its users would not expect, as its story shows. */
  readonly flaw?: string;
  /** When its first token ends at the server. */
  readonly lifetime: string;
  /** How long before that end it asks for another; absent = only once it was refused. */
  readonly margin?: string;
  /** What the account is granted; absent = what the service grants when nothing else is asked for. */
  readonly scopes?: readonly string[];
  /** The scopes that remain when it is to lack one, where it is not to lack that one from the start. */
  readonly narrowed?: readonly string[];
  /** Whether each use puts the end off. */
  readonly slides?: true;
  /** Variables that its program needs besides those of the account. */
  readonly env?: Readonly<Record<string, string>>;
  /** Why the service refuses what it is not allowed to do, where that is not a missing scope. */
  readonly lacks?: Refusal;
  /** The route at which it gets tokens; absent = the token endpoint. */
  readonly tokenRoute?: string;
  /** Whether it asks by a clock of its own, whatever end was stated. */
  readonly ownClock?: true;
  /** The failures that sound the same: two steps, as in `due revoked`. */
  readonly alike?: readonly string[];
  /** The steps that its story leaves out, because an earlier one has told all. */
  readonly without?: readonly Step[];
  /** The routes that the rate limit meets. */
  readonly limited?: { readonly route: string; readonly answer?: Answer };
}

/** The steps of the story, in order. */
export const STEPS = ['call', 'before', 'due', 'renewed', 'limited', 'scope', 'revoked'] as const;
/** One of them. */
export type Step = (typeof STEPS)[number];
