// docs/incidents.md: threads in public, and how hour4 brings about what was reported there.

import { threadOf } from '../../harness/incident.ts';
import { INCIDENTS_BY_KIND } from '../../scenarios/incidents/index.ts';
import { CASES } from '../../test/incidents/cases.ts';
import { table } from './table.ts';

/** The page. */
export function incidentsPage(): string {
  return `# Threads in public

Written by \`npm run docs\` from \`scenarios/incidents/\`. ${CASES.length} threads in which people met what a scenario brings about: what was
reported there (reported, and not proved here), the scenario, the check that finds it, and the specimen that fails it that way. The
careful specimen of the same sort comes through the same scenario; \`npm run nightly\` runs both. \`hour4 explain vercel/ai#20674\`
says the same for one thread.

${Object.entries(INCIDENTS_BY_KIND)
  .map(([kind, incidents]) => `## ${kind}\n\n${table(HEAD, incidents.map(row))}`)
  .join('\n\n')}
`;
}

const HEAD = ['thread', 'reported', 'scenario', 'check', 'specimen'];

function row(incident: (typeof CASES)[number]['incident']): readonly string[] {
  const { id, reported, scenario, check } = incident;
  const specimen = CASES.find((one) => one.incident === incident)?.sick.id ?? '';
  return [`[${id}](${threadOf(incident)})`, reported, `\`${scenario}\``, `\`${check}\``, specimen];
}
