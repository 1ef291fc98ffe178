// Which services are to be served, and in which variant or with which knobs.

import type { ServiceKnobs } from '../config/knobs.ts';
import { nearest } from '../config/nearest.ts';
import { UsageError } from '../errors.ts';

/** One service as it is wanted. */
export interface Wanted {
  /** What it is called here: its id, or its id with a variant, as in `salesforce:rotating`. */
  readonly name: string;
  readonly id: string;
  readonly knobs: ServiceKnobs;
}

/** A service under the name that tells its variant. */
export function wanted(id: string, knobs: ServiceKnobs): Wanted {
  return { name: knobs.variant === undefined ? id : `${id}:${knobs.variant}`, id, knobs };
}

/**
 * The services that are asked for on the command line.
 * @param texts each `SERVICE` or `SERVICE:VARIANT`; none = all that are known
 * @param onlyByName services that are not among the known ones where none is named
 * @param configured the services of a config with their knobs; null without a config
 * @throws UsageError for a service that nobody knows, or one that is named twice
 */
export function wantedServices(
  texts: readonly string[],
  configured: Readonly<Record<string, ServiceKnobs>> | null,
  known: readonly string[],
  onlyByName: readonly string[] = [],
): readonly Wanted[] {
  const all = configured === null ? known : Object.keys(configured);
  const services = (texts.length === 0 ? all : texts).map((text) => {
    const [id = '', variant] = text.split(':', 2);
    const ids = [...new Set([...known, ...onlyByName, ...all])];
    if (!ids.includes(id)) throw new UsageError(`--service: no service "${id}": ${nearest(id, ids)}`);
    const knobs = configured?.[id] ?? {};
    return wanted(id, variant === undefined ? knobs : { ...knobs, variant });
  });
  const names = services.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new UsageError(`--service: "${twice}" is named twice: name it once`);
  return services;
}
