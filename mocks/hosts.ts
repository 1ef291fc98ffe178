// Which services claim a host of the real world.

/** Something that answers at hosts; `*.` in front of one stands for any names below it. */
interface Claimant {
  readonly hosts: readonly string[];
}

/** All that claim this host name, those that name it in full before those with a wildcard. */
export function claimantsOf<C extends Claimant>(name: string, all: readonly C[]): readonly C[] {
  const exact = all.filter(({ hosts }) => hosts.includes(name));
  const wild = all.filter(
    ({ hosts }) => !hosts.includes(name) && hosts.some((pattern) => isBelow(name, pattern)),
  );
  return [...exact, ...wild];
}

const isBelow = (name: string, pattern: string) =>
  pattern.startsWith('*.') && name.length >= pattern.length && name.endsWith(pattern.slice(1));

/** A host name as it is compared: without its port, in lower case, without the dot of the root. */
export function nameOf(host: string): string {
  const name = host.toLowerCase().replace(/:[0-9]+$/, '');
  return name.endsWith('.') ? name.slice(0, -1) : name;
}
