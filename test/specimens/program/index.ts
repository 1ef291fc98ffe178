// Specimens that are programs in other languages: each with its disease in one line, and that line's healthy form beside it.

/** A specimen. */
export interface ProgramSpecimen {
  readonly id: string;
  readonly kind: 'agent' | 'tool';
  /** What runs it. */
  readonly interpreter: readonly string[];
  /** Its file, from the repository’s root. */
  readonly file: string;
  /** By what time is divided for an agent; absent = as usual. */
  readonly timeFactor?: number;
  /** The stories that it is told; absent = all that are for it. */
  readonly stories?: readonly string[];
  /** The checks that fail in one story or another, in catalogue order. */
  readonly fails: readonly string[];
  /** The first finding; null for the healthy. */
  readonly named: string | null;
}

const PYTHON = ['python3', '-B'];

/** All specimens: tools in real time, which is soon over; agents in compressed time, which takes minutes. */
export const PROGRAM_SPECIMENS: readonly ProgramSpecimen[] = [
  {
    id: 'exits-with-1',
    kind: 'tool',
    interpreter: ['bash'],
    file: 'test/specimens/program/exits-with-1.sh',
    fails: ['exit-codes'],
    named: 'exit-codes',
  },
  {
    id: 'careful',
    kind: 'agent',
    interpreter: PYTHON,
    file: 'examples/python/careful.py',
    fails: [],
    named: null,
  },
  {
    id: 'invalid-grant-is-transient',
    kind: 'agent',
    interpreter: PYTHON,
    file: 'test/specimens/program/invalid-grant-is-transient.py',
    // Its rounds must not fall together on a busy machine.
    timeFactor: 90,
    stories: ['user-revoked'],
    fails: ['stops-on-terminal', 'signals-reauth'],
    named: 'stops-on-terminal',
  },
];
