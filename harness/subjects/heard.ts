// What a party says on its streams: redacted before anything keeps it, its events raised at the moment of printing.

import type { Json } from '../../mocks/index.ts';
import type { World } from '../world/world.ts';
import { jsonLine } from './claim.ts';
import type { ProcessHandler } from './process.ts';

/** Everything that one party printed. */
export interface Heard extends ProcessHandler {
  readonly text: { readonly stdout: string[]; readonly stderr: string[] };
  readonly log: string[];
  readonly jsonLines: Json[];
  /** Called when it has printed more than it may. */
  onFlood: (stream: 'stdout' | 'stderr') => void;
}

/** Nothing was said yet. */
export function createHeard(world: World, party: string): Heard {
  const heard: Heard = {
    text: { stdout: [], stderr: [] },
    log: [],
    jsonLines: [],
    onFlood: () => {},
    line: (stream, raw) => {
      const line = world.capture(party, stream, raw);
      heard.text[stream].push(`${line}\n`);
      heard.log.push(`${stream === 'stdout' ? 'out' : 'err'} ${line}\n`);
      if (stream === 'stderr') return;
      const value = jsonLine(line);
      if (value === null) return;
      heard.jsonLines.push(value);
      if ((value as { type?: Json }).type === 'reauth_required') world.raise(party, value);
    },
    flooded: (stream) => heard.onFlood(stream),
  };
  return heard;
}
