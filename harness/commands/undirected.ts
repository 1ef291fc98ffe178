// A tool of which nobody says where it gets its token and what it calls: it finds every usual way, and shows which it takes.

import type { Config } from '../config/config.ts';
import { WELL_KNOWN_VARIABLES, wellKnownVariables } from '../well-known.ts';
import type { Graded } from './graded-config.ts';

/** Whether nothing was said of a recipe, a service, or a variable. */
export const isUndirected = ({ as, service, tokenEnv, baseUrlEnv }: Graded): boolean =>
  [as, service, tokenEnv, baseUrlEnv].every((said) => said === null);

/** The tool among all services that programs know by name, under their real hosts as well. */
export function amongAll(config: Config): Config {
  const all = Object.keys(WELL_KNOWN_VARIABLES);
  const services = Object.fromEntries(all.map((service) => [service, {}]));
  const env = Object.assign({}, ...all.map(wellKnownVariables)) as Record<string, string>;
  return { ...config, services, subject: { ...config.subject, env, intercept: 'proxy' } };
}

/** The tool with the one service that it was seen to call. */
export function amongOne(config: Config, service: string): Config {
  const { tool, ...subject } = config.subject;
  return {
    ...config,
    services: { [service]: config.services[service] ?? {} },
    subject: {
      ...subject,
      env: wellKnownVariables(service),
      intercept: 'proxy',
      ...(tool === undefined ? {} : { tool: { ...tool, service } }),
    },
  };
}
