// Which acts mean something at a service: those that it carries out, and whose end it has words for.

import {
  type ActName,
  CLIENT_ACTS,
  type ClientAct,
  GRANT_ACTS,
  type GrantAct,
  type GrantCommand,
} from './acts.ts';
import type { Grant } from './grant.ts';
import type { Refusal } from './refusals.ts';
import type { Service } from './service.ts';

/** An act that can be offered. */
export interface KnownAct {
  readonly act: ActName;
  readonly title: string;
}

const REFUSED_AS: Readonly<Record<ClientAct, Refusal>> = {
  'rotate-client-secret': 'wrong-secret',
  'delete-client': 'client-deleted',
};
/** Why a policy may bar a grant. */
const BARS = Object.values(GRANT_ACTS).flatMap(({ command }) =>
  command.kind === 'bar' ? [command.bar.cause] : [],
);
const NARROW: KnownAct = { act: 'narrow-scope', title: 'only the scopes that are named remain' };

/** The acts that the service knows for an account with these grants, in the order in which acts are listed. */
export function knownActs(service: Service, grants: readonly Grant[]): readonly KnownAct[] {
  const told = new Set(service.wire.flatMap(({ causes }) => causes));
  const causesOf = (act: GrantAct) => grants.flatMap((grant) => causes(commandFor(service, act, grant)));
  return [
    ...entriesOf(GRANT_ACTS)
      .filter(([act]) => causesOf(act).some((cause) => told.has(cause)))
      .map(([act, { title }]) => ({ act, title })),
    ...entriesOf(CLIENT_ACTS)
      .filter(([act]) => told.has(REFUSED_AS[act]))
      .map(([act, { title }]) => ({ act, title })),
    ...(told.has('scope-missing') ? [NARROW] : []),
  ];
}

function commandFor({ acts }: Service, act: GrantAct, grant: Grant): GrantCommand | null {
  const own = acts?.[act];
  return own === undefined ? GRANT_ACTS[act].command : own(grant);
}

/** What a service must have words for, if the command is to mean something; what lifts bars needs words for any of them. */
function causes(command: GrantCommand | null): readonly Refusal[] {
  if (command === null) return [];
  if (command.kind === 'bar') return [command.bar.cause];
  if (command.kind === 'unbar') return BARS;
  if (command.kind === 'evict') return ['evicted'];
  return 'cause' in command ? [command.cause] : [];
}

const entriesOf = <Name extends string, Meaning>(table: Readonly<Record<Name, Meaning>>) =>
  Object.entries(table) as [Name, Meaning][];
