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

/** Measures so many pairs. */
export async function measurePairs(measurement: Measurement, pairs: number): Promise<Ratios> {
  const ratios: number[] = [];
  const controls: number[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    const before = await measurement.baseline();
    const subject = await measurement.subject();
    const after = await measurement.baseline();
    ratios.push(subject / ((before + after) / 2));
    controls.push(after / before);
  }
  const median = medianOf(ratios);
  const { goal, name } = measurement;
  return {
    name,
    goal: goal === null ? 'none' : 'atLeast' in goal ? `>= ${goal.atLeast}` : `<= ${goal.atMost}`,
    median,
    min: Math.min(...ratios),
    max: Math.max(...ratios),
    pairs,
    control: medianOf(controls),
    met: goal === null ? null : 'atLeast' in goal ? median >= goal.atLeast : median <= goal.atMost,
  };
}

/** The middle of some values; of an even number, the mean of the two in the middle. */
export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
