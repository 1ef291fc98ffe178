// Who descends from a process, as the kernel tells it: the only way to see through a shell or another wrapper.
import { readdirSync, readFileSync } from 'node:fs';

const numbersIn = (text: string) => text.split(' ').filter(Boolean).map(Number);

function childrenOf(pid: number): number[] {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    return threads.flatMap((thread) =>
      numbersIn(readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8')),
    );
  } catch {
    // Gone meanwhile, or a system without /proc: then the parents' own reports are all there is.
    return [];
  }
}

/** @returns the pids of the living children of a process */
export const livingChildrenOf = (pid: number): number[] =>
  childrenOf(pid).filter((child) => !isZombie(child));

const isZombie = (pid: number) => {
  try {
    return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
};

/**
 * @param attached pids that the clock hears from
 * @returns the unattached processes at or below `pid` that nothing attached stands below: work the clock cannot see.
 * A wrapper that merely waits for something attached is not among them.
 */
export function unattachedBelow(pid: number, attached: ReadonlySet<number>): number[] {
  if (attached.has(pid)) return [];
  const children = livingChildrenOf(pid);
  const unattached = children.flatMap((child) => unattachedBelow(child, attached));
  const wraps = children.some((child) => hasAttached(child, attached));
  return wraps ? unattached : [pid, ...unattached];
}

function hasAttached(pid: number, attached: ReadonlySet<number>): boolean {
  return attached.has(pid) || childrenOf(pid).some((child) => hasAttached(child, attached));
}
