// Stories that are told twice: on our own model of an authorization server, and on one that is not mocked.

import type { Variant } from '../harness/scenario.ts';
import type { BrokerStory } from '../harness/workload/story.ts';

/** The ways of telling a story on `plain`, and the last of them for brokers also on `oidc`, with the services' knobs as they are. */
export function onBothServers(story: BrokerStory, ways: readonly Variant[]): readonly Variant[] {
  const services = Object.entries(story.services).map(([id, knobs]) => [id, { ...knobs, base: 'oidc' }]);
  const broker = { ...story, services: Object.fromEntries(services) };
  const title = 'On an authorization server that is not mocked';
  return [...ways, { ...ways.at(-1), id: 'oidc', title, kinds: ['broker'], broker }];
}
