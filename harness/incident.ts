// A thread in public in which people met what a scenario tells.

/** A thread; what it says is reported there, and not proved here. */
export interface Incident {
  /** Repository and number, as people write it: `vercel/ai#20674`. */
  readonly id: string;
  /** What was reported, in one sentence. */
  readonly reported: string;
  /** The id of the scenario in which it comes about. */
  readonly scenario: string;
  /** The id of the check that finds it there. */
  readonly check: string;
}

/** Where the thread is read; GitHub leads on from there where it is a pull request. */
export function threadOf({ id }: Pick<Incident, 'id'>): string {
  const [repository, number] = id.split('#');
  return `https://github.com/${repository}/issues/${number}`;
}
