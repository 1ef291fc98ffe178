// Every agent specimen, what it must fail, and nothing else.

/** A specimen: a small agent with one known disease, or none. */
export interface Specimen {
  readonly id: string;
  /** Its file beside this one, without the ending. */
  readonly module: string;
  /** Whether its services replace refresh tokens at every use. */
  readonly rotating?: true;
  /** The checks that fail in one scenario or another, in catalogue order. */
  readonly fails: readonly string[];
  /** The first finding; null for the healthy. */
  readonly named: string | null;
}

/** All specimens, the healthy first, the others in the order of the checks that they prove. */
export const AGENT_SPECIMENS: readonly Specimen[] = [
  { id: 'careful', module: 'careful', fails: [], named: null },
  { id: 'careful-where-tokens-rotate', module: 'careful', rotating: true, fails: [], named: null },
  { id: 'careful-proactive', module: 'careful-proactive', fails: [], named: null },
  {
    id: 'careful-proactive-where-tokens-rotate',
    module: 'careful-proactive',
    rotating: true,
    fails: [],
    named: null,
  },
  {
    id: 'forgets-the-skipped',
    module: 'forgets-the-skipped',
    fails: ['no-silent-skip'],
    named: 'no-silent-skip',
  },
  {
    id: 'empty-on-401',
    module: 'empty-on-401',
    fails: ['no-silent-skip', 'refusal-is-told', 'calls-survive-expiry', 'no-dead-token-sent'],
    named: 'no-silent-skip',
  },
  {
    id: 'fills-from-memory',
    module: 'fills-from-memory',
    fails: ['nothing-invented'],
    named: 'nothing-invented',
  },
  {
    id: 'swallows-refusal',
    module: 'swallows-refusal',
    fails: ['no-silent-skip', 'refusal-is-told'],
    named: 'no-silent-skip',
  },
  { id: 'counts-the-header', module: 'counts-the-header', fails: ['claims-true'], named: 'claims-true' },
  {
    id: 'gives-up-on-expiry',
    module: 'gives-up-on-expiry',
    fails: ['calls-survive-expiry'],
    named: 'calls-survive-expiry',
  },
  {
    id: 'retries-before-refreshing',
    module: 'retries-before-refreshing',
    fails: ['no-dead-token-sent'],
    named: 'no-dead-token-sent',
  },
  { id: 'refreshes-twice', module: 'refreshes-twice', fails: ['one-refresh'], named: 'one-refresh' },
  {
    id: 'refreshes-twice-where-tokens-rotate',
    module: 'refreshes-twice',
    rotating: true,
    fails: ['session-survives'],
    named: 'session-survives',
  },
  {
    id: 'forgets-rotation',
    module: 'forgets-rotation',
    rotating: true,
    fails: ['no-spent-token', 'session-survives'],
    named: 'no-spent-token',
  },
  { id: 'signs-out', module: 'signs-out', fails: ['session-survives'], named: 'session-survives' },
  { id: 'knocks-again', module: 'knocks-again', fails: ['stops-on-terminal'], named: 'stops-on-terminal' },
  {
    id: 'retries-forever',
    module: 'retries-forever',
    fails: ['stops-on-terminal', 'bounded-retries', 'ends-clean'],
    named: 'stops-on-terminal',
  },
  { id: 'logs-its-token', module: 'logs-its-token', fails: ['no-secret-leaked'], named: 'no-secret-leaked' },
  { id: 'never-ends', module: 'never-ends', fails: ['ends-clean'], named: 'ends-clean' },
];
