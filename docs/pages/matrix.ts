// docs/matrix.md: which specimen fails which check, and which scenario asks for which check.

import { checksAskedBy, type Scenario } from '../../harness/scenario.ts';
import { CHECKS } from '../../scenarios/checks/index.ts';
import { SCENARIOS } from '../../scenarios/index.ts';
import { SPECIMENS, type Specimen } from '../../test/specimens/index.ts';
import { table } from './table.ts';

const NAMED = '●';
const FAILED = '○';

/** The page. */
export function matrixPage(): string {
  const sorts = Map.groupBy(SPECIMENS, ({ start }) => start.sort);
  const sick = SPECIMENS.filter(({ fails }) => fails.length > 0).length;
  return `# The proof that the checks see

Written by \`npm run docs\` from the specimens in \`test/specimens/\`: small subjects with one disease each, or none. Tests run each of
them and hold that it fails exactly what stands here: ${NAMED} is the check that is named first, ${FAILED} fails beside it, and a
row without a mark is a healthy one. ${sick} are sick, ${SPECIMENS.length - sick} healthy.

## The checks

${table(
  ['no.', 'check', 'what holds', 'first named for', 'also failed by'],
  CHECKS.map((check, index) => [
    String(index + 1),
    `\`${check.id}\``,
    check.title,
    SPECIMENS.filter(({ named }) => named === check.id)
      .map(({ id }) => id)
      .join(', '),
    String(SPECIMENS.filter(({ fails, named }) => fails.includes(check.id) && named !== check.id).length),
  ]),
)}

${[...sorts].map(([sort, specimens]) => section(sort, specimens)).join('\n\n')}

## Which scenario asks for which check

In whichever of its tellings; the numbers are those of the checks above.

${table(['scenario', ...CHECKS.map((_, index) => String(index + 1))], SCENARIOS.map(asked))}
`;
}

/** Only the columns that say something. */
function section(sort: string, specimens: readonly Specimen[]): string {
  const columns = CHECKS.filter(({ id }) => specimens.some(({ fails }) => fails.includes(id)));
  const head = [
    'specimen',
    ...columns.map(({ id }) => String(CHECKS.findIndex((check) => check.id === id) + 1)),
  ];
  const rows = specimens.map(({ id, fails, named }) => [
    id.slice(sort.length + 2),
    ...columns.map((check) => (named === check.id ? NAMED : fails.includes(check.id) ? FAILED : '')),
  ]);
  return `## Specimens: ${sort}\n\n${table(head, rows)}`;
}

function asked(scenario: Scenario): readonly string[] {
  const ids = checksAskedBy(scenario);
  return [`\`${scenario.id}\``, ...CHECKS.map((check) => (ids.has(check.id) ? NAMED : ''))];
}
