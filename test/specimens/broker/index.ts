// Every broker specimen, what it must fail, and nothing else.

/** A specimen: a small broker with one known disease, or none. */
export interface BrokerSpecimen {
  readonly id: string;
  /** A module beside this file, without the ending; or a program, from the repository’s root. */
  readonly start: { readonly module: string } | { readonly program: string; readonly replicas: number };
  /** The checks that fail in one scenario or another, in catalogue order. */
  readonly fails: readonly string[];
  /** The first finding; null for the healthy. */
  readonly named: string | null;
}

/** All specimens, the healthy first, the others in the order of the checks that they prove. */
export const BROKER_SPECIMENS: readonly BrokerSpecimen[] = [
  { id: 'careful', start: { module: 'careful' }, fails: [], named: null },
  {
    id: 'careful-over-http',
    start: { program: 'examples/broker/server.ts', replicas: 3 },
    fails: [],
    named: null,
  },
  { id: 'no-lock', start: { module: 'no-lock' }, fails: ['session-survives'], named: 'session-survives' },
  {
    id: 'forgets-rotation',
    start: { module: 'forgets-rotation' },
    fails: ['no-spent-token', 'session-survives'],
    named: 'no-spent-token',
  },
  {
    id: 'mixes-tenants',
    start: { module: 'mixes-tenants' },
    fails: ['right-identity'],
    named: 'right-identity',
  },
];
