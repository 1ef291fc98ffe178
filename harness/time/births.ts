// A stream of random numbers of its own for every birth, be it a sibling or the same program started again.

/** Names the stream of each birth. */
export interface Births {
  /** The stream of the next one of this rank. */
  next(seed: number, rank: string): string;
  clear(): void;
}

/** Nobody was born yet. */
export function newBirths(): Births {
  const counts = new Map<string, number>();
  return {
    next: (seed, rank) => {
      const nth = (counts.get(rank) ?? 0) + 1;
      counts.set(rank, nth);
      return `${seed}/${rank}/${nth}`;
    },
    clear: () => counts.clear(),
  };
}
