// docs/clients.md: the vendors' own clients, how each is brought to a mock, and what was seen of it.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client, Step } from '../../test/clients/client.ts';
import { CLIENTS } from '../../test/clients/clients.ts';
import type { Seen } from '../../test/clients/observe.ts';
import { code, table } from './table.ts';

const FOLDER = join(import.meta.dirname, '..', '..', 'test', 'clients');
const LONGEST_RESULT = 180;

const MEANING: Readonly<Record<Step, string>> = {
  call: 'a call',
  before: 'a call shortly before the client would act',
  due: 'a call shortly after',
  renewed: 'another token, by the caller’s own doing',
  limited: 'a call that is answered with 429',
  scope: 'a call that is not allowed',
  revoked: 'a call after the grant was revoked',
};

/** The page. */
export function clientsPage(): string {
  const { dependencies } = JSON.parse(readFileSync(join(FOLDER, 'package.json'), 'utf8'));
  const head = [
    'client',
    'package',
    'service',
    'pointed by',
    'asks for another token',
    'at the end of a token',
  ];
  const overview = CLIENTS.map((client) => [
    `[${client.id}](#${client.id})`,
    `${client.packages[0]} ${dependencies[client.packages[0]]}`,
    serviceTold(client),
    pointedTold(client),
    client.refreshes,
    client.flaw ?? (client.survives ? 'it gets over it' : 'it raises an error'),
  ]);
  return `# Clients

Written by \`npm run docs\`. These are the vendors' and the field's own clients, as they are on npm, each in a process of its own under
exact time. Their programs are in [test/clients/programs](../test/clients/programs), twenty to sixty lines each, and good to start from.
CI tells each of them the story below, and once more in a world where nothing ends: there nothing of what follows the end may be seen.

Whose behaviour it is: where a client refreshes "when its caller asks", its program does what the client's README shows. What is
said of an error is its class and its own words.

${table(head, overview)}

${CLIENTS.map(section).join('\n\n')}
`;
}

const serviceTold = ({ service, knobs }: Client) =>
  knobs?.variant === undefined ? service : `${service}, variant ${knobs.variant}`;

const pointedTold = ({ pointed, intercept }: Client) =>
  intercept === undefined ? pointed : `${pointed}: \`intercept: ${intercept}\``;

function section(client: Client): string {
  const seen = readFileSync(join(FOLDER, 'seen', `${client.id}.jsonl`), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Seen);
  const rows = seen.map(({ step, result, exchanges }) => [
    MEANING[step],
    code(result, LONGEST_RESULT),
    exchanges.join(', '),
  ]);
  const flaw = client.flaw === undefined ? [] : [`Mind that ${client.flaw}.`];
  const alike = (client.alike ?? []).map((pair) => {
    const [one, other] = pair.split(' ') as [Step, Step];
    return `Its words do not tell apart: ${MEANING[one]}, and ${MEANING[other]}.`;
  });
  const parts = [
    `## ${client.id}`,
    marginTold(client),
    table(['', 'what came of it', 'exchanges'], rows),
    ...flaw,
    ...alike,
  ];
  return parts.join('\n\n');
}

function marginTold({ lifetime, margin, survives, ownClock }: Client): string {
  const first = `Its first token lives for ${lifetime}.`;
  if (!survives) return `${first} It does nothing of its own about the end.`;
  if (margin === undefined) return `${first} It waits to be refused.`;
  const acts = margin === '0s' ? 'It acts when that is over' : `It acts ${margin} before`;
  return `${first} ${acts}${ownClock === true ? ', by a clock of its own, also where no end comes' : ''}.`;
}
