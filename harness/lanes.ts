// Work beside each other in lanes. Which lane does what is settled beforehand, by length and not by speed: what a lane has
// done before a piece of work is then the same in every run.

/** A piece of work of about a known length. */
export interface Task<T> {
  readonly length: number;
  run(lane: number): Promise<T>;
}

/** Who works, and for how long. */
export interface Lanes {
  /** How many there are at most, asked once the first task is done: that one is done alone, as a trial. */
  width(): number;
  /** Whether what has not begun yet is still wanted. */
  goesOn(): boolean;
}

/** Does every task, those of a lane in their order. What comes of a task that was no longer wanted is null. */
export function inLanes<T>(
  tasks: readonly Task<T>[],
  { width, goesOn }: Lanes,
): readonly Promise<T | null>[] {
  const slots = tasks.map((task) => ({ task, ...Promise.withResolvers<T | null>() }));
  // Nobody may be waiting for it yet when one fails.
  for (const { promise } of slots) promise.catch(() => {});
  const work = async (lane: number, mine: typeof slots) => {
    for (const { task, resolve, reject } of mine)
      await (goesOn() ? task.run(lane) : Promise.resolve(null)).then(resolve, reject);
  };
  const workAll = async () => {
    await work(0, slots.slice(0, 1));
    const rest = slots.slice(1);
    const lanes = shared(
      rest.map(({ task }) => task.length),
      width(),
    );
    await Promise.all(
      lanes.map((places, lane) =>
        work(
          lane,
          places.flatMap((place) => rest[place] ?? []),
        ),
      ),
    );
  };
  void workAll();
  return slots.map(({ promise }) => promise);
}

/** Each goes to the lane that has the least to do so far. */
function shared(lengths: readonly number[], width: number): readonly (readonly number[])[] {
  const lanes = Array.from({ length: width }, () => ({ places: [] as number[], length: 0 }));
  for (const [place, length] of lengths.entries()) {
    const least = lanes.reduce((a, b) => (b.length < a.length ? b : a));
    least.places.push(place);
    least.length += length;
  }
  return lanes.map(({ places }) => places);
}
