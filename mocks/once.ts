// Work that gives the same every time is done once for each asker: the ids of a tenant stand in every token answer of it.

/** Beyond so many it forgets them all, for a process may see any number of worlds. */
const MOST = 10_000;

/** The same function, which remembers what it gave. */
export function once<Of, Result>(make: (of: Of) => Result): (of: Of) => Result {
  const made = new Map<Of, Result>();
  return (of) => {
    const known = made.get(of);
    if (known !== undefined) return known;
    if (made.size === MOST) made.clear();
    const result = make(of);
    made.set(of, result);
    return result;
  };
}
