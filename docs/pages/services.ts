// docs/services.md: the services, their knobs, their variants, and the facts behind them.

import { formatDuration } from '../../harness/duration.ts';
import { FOREVER_MS, type Policy, SERVICES, type Service } from '../../mocks/index.ts';
import { table } from './table.ts';

/** The page. */
export function servicesPage(): string {
  const overview = SERVICES.map(({ id, title, policy, wire, variants }) => [
    `[${id}](#${id})`,
    title,
    lifetimeTold(policy.access),
    lifetimeTold(policy.refresh),
    rotationTold(policy),
    String(wire.length),
    String(Object.keys(variants).length),
  ]);
  const head = ['service', '', 'access token', 'refresh token', 'rotation', 'errors', 'variants'];
  return `# The services

Written by \`npm run docs\`. What each says when it refuses is in [errors.md](errors.md).

${table(head, overview)}

${SERVICES.map(section).join('\n\n')}
`;
}

function section({ id, title, hosts, scopes, variants, facts, routes }: Service): string {
  const parts = [
    `## ${id}`,
    `${title}. Hosts: ${hosts.join(', ')}. Scopes: ${scopes.join(', ') || 'none'}.`,
    table(
      ['route', '', 'needs one of'],
      routes.map((route) => [
        `\`${route.method} ${route.path}\``,
        route.id,
        route.needsOneOf.join(', ') || (route.auth === 'none' ? 'no token' : 'any token'),
      ]),
    ),
    ...(Object.keys(variants).length === 0 ? [] : [variantsTable(variants)]),
    table(
      ['fact', '', 'source'],
      facts.map(({ about, says, source, sureness }) => [about, says, `${source} (*${sureness}*)`]),
    ),
  ];
  return parts.join('\n\n');
}

function variantsTable(variants: Service['variants']): string {
  return table(
    ['variant', '', 'status', 'source'],
    Object.entries(variants).map(([id, { title, status, source }]) => [id, title, status, source]),
  );
}

// Lifetimes differ in shape; each is told by its kind and its durations.
function lifetimeTold(lifetime: Policy['access'] | Policy['refresh']): string {
  const durations = Object.entries(lifetime)
    .filter(([name]) => name.endsWith('Ms'))
    .map(([name, ms]) => `${name.replace(/Ms$/, '')} ${formatDuration(Number(ms))}`);
  return [lifetime.kind, ...durations].join(', ');
}

function rotationTold({ rotation, graceMs, reuse }: Policy): string {
  if (rotation === 'none') return 'none';
  const grace =
    graceMs >= FOREVER_MS
      ? 'the old one stays valid'
      : graceMs === 0
        ? 'no grace'
        : `grace ${formatDuration(graceMs)}`;
  return `${rotation}, ${grace}, reuse: ${reuse}`;
}
