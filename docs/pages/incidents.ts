// docs/incidents.md: threads in public, and how hour4 brings about what was reported there.

import { type Incident, threadOf } from '../../harness/incident.ts';
import { INCIDENTS, INCIDENTS_BY_KIND } from '../../scenarios/incidents/index.ts';
import { CASES } from '../../test/incidents/cases.ts';
import type { Sort } from '../../test/specimens/index.ts';
import { table } from './table.ts';

const HEAD = ['thread', 'reported', 'scenario', 'check', 'fails', 'comes through'];
/** Behind the scenario, where the thread's story is not quite the catalogue's. */
const TOLD_OTHERWISE = ' *';

/** The page. */
export function incidentsPage(): string {
  return `# Threads in public

Written by \`npm run docs\` from \`scenarios/incidents/\`: ${INCIDENTS.length} threads in which people met what a scenario brings about.
What stands here was reported there, and is not proved here. Each is told to two specimens of \`test/specimens/\`: one fails the check as
was reported, a careful one comes through the same story (\`npm run nightly\` runs them all).${TOLD_OTHERWISE} marks a story that is
sharpened to the thread's. \`hour4 explain 'vercel/ai#20674'\` says the same for one thread, and
\`hour4 run --scenario 'vercel/ai#20674'\` tells its story to your own subject.

${Object.entries(INCIDENTS_BY_KIND)
  .map(([kind, incidents]) => `## ${kind}\n\n${table(HEAD, incidents.map(row))}`)
  .join('\n\n')}
`;
}

function row(incident: Incident): readonly string[] {
  const { id, reported, scenario, variant, told, check } = incident;
  const { sick, careful } = CASES[id] as (typeof CASES)[string];
  const way = variant === undefined ? '' : `, \`${variant}\``;
  return [
    `[${id}](${threadOf(incident)})`,
    reported,
    `\`${scenario}\`${way}${told === undefined ? '' : TOLD_OTHERWISE}`,
    `\`${check}\``,
    nameOf(sick),
    nameOf(careful),
  ];
}

const nameOf = (start: Sort) =>
  `${start.sort}: ${start.sort === 'shared broker' ? start.module : start.specimen.id}`;
