// Where a suite is, told on stderr: one line that is written over on a terminal, a line per scenario elsewhere.

import { formatMoment } from '../moment.ts';
import type { Progress } from '../stage.ts';
import type { Screen } from './terminal.ts';

const CLEAR_LINE = '\r\x1b[2K';
const PHASES = { twin: 'healthy twin', run: 'running', judged: 'judged' } as const;

/** Tells progress until it is done. */
export interface ProgressTeller {
  tell(progress: Progress): void;
  /** Leaves the screen as it was found. */
  done(): void;
}

/** A teller for this screen; null tells nothing. */
export function progressTeller(screen: Screen | null): ProgressTeller {
  if (screen === null) return { tell: () => {}, done: () => {} };
  return screen.rewrites
    ? {
        tell: (progress) => screen.write(CLEAR_LINE + running(progress)),
        done: () => screen.write(CLEAR_LINE),
      }
    : { tell: (progress) => screen.write(finished(progress)), done: () => {} };
}

function running({ scenario, index, of, phase, virtualMs, untilMs }: Progress): string {
  return `[${index + 1}/${of}] ${scenario}  ${PHASES[phase]}  ${formatMoment(virtualMs)} of ${formatMoment(untilMs)}`;
}

function finished({ scenario, index, of, phase, verdict, virtualMs }: Progress): string {
  if (phase !== 'judged') return '';
  return `[${index + 1}/${of}] ${scenario}: ${verdict ?? 'judged'} after ${formatMoment(virtualMs)}\n`;
}
