// `hour4 list`: what there is to choose from, for people and for programs.

import { errorRows, type Service } from '../../mocks/index.ts';
import type { Check } from '../check.ts';
import { formatDuration } from '../duration.ts';
import type { Scenario } from '../scenario.ts';
import type { Catalogue, ListName } from './catalogue.ts';
import type { Terminal } from './terminal.ts';

/** What every listed thing has; the rest depends on the list. */
interface Item {
  readonly id: string;
  readonly title: string;
}

/** Prints a list: one line each, or a JSON array. */
export function list(name: ListName, asJson: boolean, catalogue: Catalogue, { stdout }: Terminal): void {
  stdout.write(asJson ? `${JSON.stringify(detailsOf(name, catalogue), null, 2)}\n` : lines(catalogue[name]));
}

function detailsOf(name: ListName, { services, scenarios, checks, reports }: Catalogue): readonly Item[] {
  switch (name) {
    case 'services':
      return services.map(serviceItem);
    case 'scenarios':
      return scenarios.map(scenarioItem);
    case 'checks':
      return checks.map(checkItem);
    case 'reports':
      return reports.map(({ id, title }) => ({ id, title }));
  }
}

function serviceItem(service: Service) {
  const { id, title, hosts, scopes, policy, variants, facts, routes } = service;
  return {
    id,
    title,
    hosts,
    scopes,
    knobs: policy,
    variants: Object.entries(variants).map(([variant, { title, status, source }]) => ({
      id: variant,
      title,
      status,
      source,
    })),
    facts,
    routes: routes.map(({ id, method, path, needsOneOf, effect }) => ({
      id,
      method,
      path,
      needsOneOf,
      effect,
    })),
    errors: errorRows(service),
  };
}

function scenarioItem({ id, title, why, kinds, needsServices = [], untilMs, checks }: Scenario) {
  return { id, title, why, kinds, needsServices, until: formatDuration(untilMs), checks };
}

function checkItem({ id, title, category, loses, why, kinds }: Check) {
  return { id, title, category, loses, why, kinds };
}

function lines(items: readonly Item[]): string {
  const width = Math.max(0, ...items.map(({ id }) => id.length));
  return items.map(({ id, title }) => `${id.padEnd(width)}  ${title}\n`).join('');
}
