// From the knobs in a config to a service: base, variant, then one override of the policy after the other.

import type { AccessLifetime, Policy, RefreshLifetime, Service } from '../../mocks/index.ts';
import { parseDuration } from '../duration.ts';
import { UsageError } from '../errors.ts';
import { nearest } from './nearest.ts';
import type { ServiceKnobs } from './schema.ts';

/**
 * The service with the knobs in force.
 * @throws UsageError for a service, base or variant that nobody knows
 */
export function configureService(id: string, knobs: ServiceKnobs, known: readonly Service[]): Service {
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
  return { ...varied, policy: policyOf(varied.policy, knobs), scopes: knobs.scopes ?? varied.scopes };
}

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

function policyOf(policy: Policy, knobs: ServiceKnobs): Policy {
  return {
    ...policy,
    access: accessOf(policy.access, knobs),
    refresh: refreshOf(policy.refresh, knobs),
    rotation: knobs.rotation ?? policy.rotation,
    graceMs: knobs.grace === undefined ? policy.graceMs : toMs(knobs.grace),
    reuse: knobs.reuse ?? policy.reuse,
    oldAccess: knobs.oldAccess ?? policy.oldAccess,
    grantsPerAccount: knobs.grantsPerAccount ?? policy.grantsPerAccount,
  };
}

function accessOf(access: AccessLifetime, { accessTtl, sessionTimeout }: ServiceKnobs): AccessLifetime {
  if (sessionTimeout !== undefined) {
    const countsAfter = access.kind === 'sliding' ? access.countsAfter : 0;
    return { kind: 'sliding', ttlMs: toMs(sessionTimeout), countsAfter };
  }
  if (accessTtl === undefined) return access;
  return accessTtl === 'never' ? { kind: 'never' } : { kind: 'fixed', ttlMs: toMs(accessTtl) };
}

function refreshOf(
  refresh: RefreshLifetime,
  { refreshTtl, refreshCap, refreshIdle }: ServiceKnobs,
): RefreshLifetime {
  if (refreshIdle !== undefined && refreshCap !== undefined) {
    return { kind: 'idle-and-cap', windowMs: toMs(refreshIdle), capMs: toMs(refreshCap) };
  }
  if (refreshIdle !== undefined) return { kind: 'idle', windowMs: toMs(refreshIdle) };
  if (refreshCap !== undefined) return { kind: 'absolute', ttlMs: toMs(refreshCap) };
  return refreshTtl === undefined ? refresh : { kind: 'fixed', ttlMs: toMs(refreshTtl) };
}

// The schema has let nothing else through.
function toMs(text: string): number {
  return parseDuration(text) ?? 0;
}
