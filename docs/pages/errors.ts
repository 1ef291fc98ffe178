// docs/errors.md: every refusal of every service, in its own words, with what makes the mock say it.

import { type ErrorRow, errorRows, SERVICES, type Service } from '../../mocks/index.ts';
import { code, table } from './table.ts';

const LONGEST_BODY = 160;
const LONGEST_CHALLENGE = 120;

/** The page. */
export function errorsPage(): string {
  return `# What the services say when they refuse

Written by \`npm run docs\` from the services themselves: each answer was met by following the recipe in its row, so nothing
here is a canned answer. \`hour4 explain WORDS\` finds a row by its words, or by nearly all of them, as times,
ids and names differ, and tells the way out.
Sureness: *documented* by the vendor, *observed* in public, or *assumed* where nobody says.

${SERVICES.map(section).join('\n\n')}
`;
}

function section(service: Service): string {
  const head = ['error', 'where', 'status', 'words', 'behind it', 'produced by', 'source'];
  return `## ${service.id}\n\n${service.title}.\n\n${table(head, errorRows(service).map(row))}`;
}

function row(error: ErrorRow): readonly string[] {
  const { id, at, variant, status, headers, body, causes, producedBy, source, sureness } = error;
  const challenge = headers['www-authenticate'];
  const words = [
    ...(challenge === undefined ? [] : [code(`www-authenticate: ${challenge}`, LONGEST_CHALLENGE)]),
    code(body, LONGEST_BODY),
  ];
  return [
    id,
    at,
    String(status),
    words.join(' '),
    causes.map(({ cause }) => cause).join(', '),
    variant === null ? producedBy : `variant ${variant}: ${producedBy}`,
    `${source} (*${sureness}*)`,
  ];
}
