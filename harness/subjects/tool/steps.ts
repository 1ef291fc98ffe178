// What can be done with a tool, as words: a story for tools is a list of them.

/** What each step is, as it is told. */
export const STEPS = {
  valid: 'the call, with a credential as it was minted',
  expired: 'the same call, after the life of its credential',
  denied: 'a call with a live credential that the policy of the server refuses',
  'missing-scope': 'the call, with a live credential that lacks the scope',
  'never-valid': 'the call, with a well-formed credential that nobody minted',
  'not-found': 'a call for an object that is not there, with a live credential',
  dead: 'the call, after the life of its credential and the end of its grant',
  cascade: 'every further command, with the same credential as the call before',
  rollback: 'the rollback, with the same credential as the call before',
  'env-var': 'the call, with nothing but the named variable set anew',
  reauth: 'what the error before says that heals it',
  repeat: 'the call again, with the same variables',
} as const;

/** One step of a story. */
export type ToolStep = keyof typeof STEPS;

/** The arguments of each step, appended to the program. */
export interface StepArguments {
  readonly call: readonly string[];
  /** Further commands that need the credential. */
  readonly more: readonly (readonly string[])[];
  /** What the server refuses to a live credential. */
  readonly denied: readonly string[];
  readonly notFound: readonly string[] | null;
  readonly rollback: readonly string[] | null;
}

/** How a tool is used. */
export interface ToolUse {
  /** What it calls itself: in a `reauth_command` it stands for the program. */
  readonly name: string;
  /** The service whose credential it gets. */
  readonly service: string;
  /** The variable that carries the access token, besides HOUR4_*; null for none. */
  readonly tokenEnv: string | null;
  /** Files in its home folder, by path, written anew before each step; templates are filled in. */
  readonly files: Readonly<Record<string, string>>;
  readonly steps: StepArguments;
}
