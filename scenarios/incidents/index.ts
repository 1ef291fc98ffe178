// Threads in public, each told by a scenario of the catalogue, by what went wrong in them.

import type { Incident } from '../../harness/incident.ts';
import { MISREAD_ENDS, UNHEARD_ENDS } from './ends.ts';
import { HERDS } from './herds.ts';
import { WRONG_IDENTITIES } from './identity.ts';
import { RACES_OF_SERVERS, RACES_ON_ONE_MACHINE } from './races.ts';
import { LOST_ROTATIONS, ODD_ANSWERS } from './rotation.ts';
import { CLOCKS, SILENT_ENDS } from './silence.ts';

/** The threads under what they have in common. */
export const INCIDENTS_BY_KIND: Readonly<Record<string, readonly Incident[]>> = {
  'Races on one machine': RACES_ON_ONE_MACHINE,
  'Races of servers': RACES_OF_SERVERS,
  'Rotations that were lost': LOST_ROTATIONS,
  'Answers that were misread': ODD_ANSWERS,
  'Ends that were misread': MISREAD_ENDS,
  'Somebody else’s credential': WRONG_IDENTITIES,
  'Clocks and margins': CLOCKS,
  'Ends in silence': SILENT_ENDS,
  Herds: HERDS,
  'Ends that nobody heard of': UNHEARD_ENDS,
};

/** All of them. */
export const INCIDENTS: readonly Incident[] = Object.values(INCIDENTS_BY_KIND).flat();
