// From the knobs in a config to a service: base, variant, then the policy, then the words.

import type { Service } from '../../mocks/index.ts';
import { UsageError } from '../errors.ts';
import { idleKnob } from './idle-knobs.ts';
import type { ServiceKnobs } from './knobs.ts';
import { nearest } from './nearest.ts';
import { policyOf } from './policy-knobs.ts';
import { spokenBy } from './wire-knobs.ts';

/**
 * The service with the knobs in force.
 * @throws UsageError for a service, base or variant that nobody knows, and for knobs that would say nothing
 */
export function configureService(id: string, knobs: ServiceKnobs, known: readonly Service[]): Service {
  const service = turnKnobs(id, knobs, known);
  const idle = idleKnob(service, knobs);
  if (idle !== null) throw new UsageError(`services.${id}.${idle.knob}: ${idle.why}`);
  return service;
}

/**
 * The same for knobs of whom nobody wrote all, such as those of a config under those of a story: one of them may say
 * nothing beside the others.
 * @throws UsageError for a service, base or variant that nobody knows
 */
export function turnKnobs(id: string, knobs: ServiceKnobs, known: readonly Service[]): Service {
  const baseId = knobs.base ?? id;
  const base = known.find((service) => service.id === baseId);
  if (base === undefined) throw unknownService(id, baseId, knobs, known);
  if (knobs.base !== undefined && known.some((service) => service.id === id)) {
    throw new UsageError(
      `services.${id}.base: "${id}" is a service already: leave base out, or choose another id`,
    );
  }
  const own = knobs.base === undefined ? base : likeBase(id, base);
  const varied = applyVariant(own, knobs.variant);
  const policy = policyOf(varied.policy, knobs);
  const stuck = stuckKnob(base, knobs);
  if (stuck !== null)
    throw new UsageError(`services.${id}.${stuck}: ${base.id} has no such knob: leave it out`);
  return spokenBy({ ...varied, policy }, knobs);
}

// A knob that cannot be turned, for the service is more than a model.
const stuckKnob = ({ knobs: turnable }: Service, knobs: ServiceKnobs): string | null =>
  Object.keys(knobs).find((knob) => turnable?.includes(knob) === false && knob !== 'base') ?? null;

const likeBase = (id: string, base: Service): Service => ({
  ...base,
  id,
  title: `${id}, on the model of ${base.title}`,
  hosts: [`${id}.example`],
});

function unknownService(
  id: string,
  baseId: string,
  knobs: ServiceKnobs,
  known: readonly Service[],
): UsageError {
  const ids = known.map((service) => service.id);
  return knobs.base === undefined
    ? new UsageError(
        `services.${id}: no service "${id}": ${nearest(id, ids)}; one of your own needs a base, as in base: plain`,
      )
    : new UsageError(`services.${id}.base: no service "${baseId}": ${nearest(baseId, ids)}`);
}

function applyVariant(service: Service, variant: string | undefined): Service {
  if (variant === undefined) return service;
  const found = Object.hasOwn(service.variants, variant) ? service.variants[variant] : undefined;
  if (found === undefined) {
    const names = Object.keys(service.variants);
    throw new UsageError(
      `services.${service.id}.variant: no variant "${variant}": ${nearest(variant, names)}`,
    );
  }
  return found.apply(service);
}
