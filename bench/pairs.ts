// Interleaved pairs: what is measured stands between two runs of its baseline, which are each other's control.

/** One measurement against its baseline. */
export interface Measurement {
  readonly name: string;
  /** What the ratio must keep to; null for one that is only told. */
  readonly goal: { readonly atLeast: number } | { readonly atMost: number } | null;
  baseline(): Promise<number>;
  subject(): Promise<number>;
}

/** What the pairs showed. */
export interface Ratios {
  readonly name: string;
  readonly goal: string;
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly pairs: number;
  /** The median of baseline against baseline; far from 1, the machine was too restless to say anything. */
  readonly control: number;
  /** Null without a goal. */
  readonly met: boolean | null;
}

/** A run of what is measured, between two of its baseline. */
export interface Pair<Run> {
  readonly before: Run;
  readonly subject: Run;
  readonly after: Run;
}

/** Runs so many pairs; the baseline between two runs serves both. */
export async function runPairs<Run>(
  { baseline, subject }: { baseline(): Promise<Run>; subject(): Promise<Run> },
  count: number,
): Promise<readonly Pair<Run>[]> {
  const pairs: Pair<Run>[] = [];
  let before = await baseline();
  while (pairs.length < count) {
    const measured = await subject();
    const after = await baseline();
    pairs.push({ before, subject: measured, after });
    before = after;
  }
  return pairs;
}

/** The median over the pairs of what was measured against the mean of the baselines around it. */
export const ratioOf = (pairs: readonly Pair<number>[]) => medianOf(pairs.map(ratio));

/** The median over the pairs of the one baseline against the other. */
export const controlOf = (pairs: readonly Pair<number>[]) =>
  medianOf(pairs.map(({ before, after }) => after / before));

/** Measures so many pairs. */
export async function measurePairs(measurement: Measurement, count: number): Promise<Ratios> {
  const pairs = await runPairs(measurement, count);
  const median = ratioOf(pairs);
  const { goal, name } = measurement;
  return {
    name,
    goal: goal === null ? 'none' : 'atLeast' in goal ? `>= ${goal.atLeast}` : `<= ${goal.atMost}`,
    median,
    min: Math.min(...pairs.map(ratio)),
    max: Math.max(...pairs.map(ratio)),
    pairs: pairs.length,
    control: controlOf(pairs),
    met: goal === null ? null : 'atLeast' in goal ? median >= goal.atLeast : median <= goal.atMost,
  };
}

const ratio = ({ before, subject, after }: Pair<number>) => subject / ((before + after) / 2);

/** The middle of some values; of an even number, the mean of the two in the middle. */
export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
