// The switch that the mutated sources look at: which mutant is awake, and whose place is come by.

/** How often each mutant’s place was come by: while the sources were read, and under each id of a test. */
interface Coverage {
  readonly static: Record<string, number>;
  readonly perTest: Record<string, Record<string, number>>;
}

/** Found by the sources under this name, which their maker has chosen. */
interface Switch {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
  mutantCoverage: Coverage;
}

/** A mutant that comes by its own change so much more often than the original did goes round in circles. */
const HITS_MORE = 100;
const HITS_AT_LEAST = 100_000;

// The sources hold on to the counts that they find when they are read.
export const mutantCoverage: Coverage = { static: {}, perTest: {} };
export const mutantSwitch: Switch = { mutantCoverage };
Object.assign(globalThis, { __stryker__: mutantSwitch });

/** What comes of some work while a mutant is awake whose place it usually comes by so often. */
export async function under<T>(
  mutant: string,
  usualHits: number,
  work: () => T | PromiseLike<T>,
): Promise<T> {
  mutantSwitch.activeMutant = mutant;
  mutantSwitch.hitCount = 0;
  mutantSwitch.hitLimit = usualHits * HITS_MORE + HITS_AT_LEAST;
  try {
    return await work();
  } finally {
    mutantSwitch.activeMutant = undefined;
  }
}

/** Counts under an id whose places some work comes by; the count is in `mutantCoverage`. */
export async function counting<T>(id: string, work: () => T | PromiseLike<T>): Promise<T> {
  mutantSwitch.currentTestId = id;
  try {
    return await work();
  } finally {
    mutantSwitch.currentTestId = undefined;
  }
}
