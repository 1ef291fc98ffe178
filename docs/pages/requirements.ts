// docs/requirements.md: what the three documents claim that hour4 grew from, and what judges each claim.

import data from '../../scenarios/requirements.json' with { type: 'json' };
import { table } from './table.ts';

type Requirement = (typeof data.requirements)[number];

/** The page. */
export function requirementsPage(): string {
  const judged = data.requirements.filter((requirement) => requirement.untestable === undefined);
  return `# What the documents claim, and what judges it

Written by \`npm run docs\` from \`scenarios/requirements.json\`: ${data.requirements.length} claims of three documents, line by line,
in hour4's own words; ${judged.length} of them are judged. A test holds that no line is left out, that every check and scenario
exists, and that each check is asked in a scenario beside it.

${Object.entries(data.documents).map(section).join('\n\n')}
`;
}

function section([document, { title }]: readonly [string, { readonly title: string }]): string {
  const own = data.requirements.filter((requirement) => requirement.document === document);
  const head = ['line', 'claim', 'checks', 'scenarios'];
  return `## ${document}: ${title}\n\n${table(head, own.map(row))}`;
}

function row({ lines, claim, checks, scenarios, untestable }: Requirement): readonly string[] {
  const judges = untestable === undefined ? [listed(checks), listed(scenarios)] : [`(${untestable})`, ''];
  return [[...new Set(lines)].join('–'), claim, ...judges];
}

const listed = (ids: readonly string[] = []) => ids.map((id) => `\`${id}\``).join(', ');
