// What every kind of subject shares: what a run of it is given, and what comes out of it.

import type { Account } from '../../mocks/index.ts';
import type { Ending, SubjectKind } from '../check.ts';
import type { Config, Limits } from '../config/config.ts';
import type { Claim } from '../entry.ts';
import type { Behaviour } from '../mock-tool/behaviour.ts';
import type { Person } from '../person/visit.ts';
import type { Scenario } from '../scenario.ts';
import type { ClockDriver } from '../time/driver.ts';
import type { World } from '../world/world.ts';
import { runAgent } from './agent/agent.ts';
import { runBroker } from './broker/broker.ts';
import type { Folders } from './environment.ts';
import type { Lodging } from './house.ts';
import { runPage } from './page/page.ts';
import type { Program } from './program.ts';
import { runTool } from './tool/tool.ts';
import type { WorldFile } from './world-file.ts';

/** What one run of a subject is given. */
export interface SubjectRun {
  readonly scenario: Scenario;
  /** What the config says of the subject. */
  readonly subject: Config['subject'];
  readonly program: Program;
  /** The same program, its templates filled in for accounts with other tokens. */
  programFor(accounts: readonly Account[]): Program;
  readonly clock: ClockDriver;
  readonly world: World;
  readonly folders: Folders;
  readonly worldFile: WorldFile;
  /** What the mock tool that an agent drives changes about an honest one; null where it drives none. */
  readonly drivenTool: Partial<Behaviour> | null;
  readonly run: string;
  /** Who is asked for new consents at pages; null where nobody needs to be. */
  readonly person: Person | null;
  /** Where its processes live, and may stay. */
  readonly lodging: Lodging;
  readonly limits: Limits;
  /** How long a person takes over a new consent. */
  readonly consentTakesMs: number;
  /** Virtual ms after which a subject that has not ended is ended. */
  readonly endByMs: number;
  readonly signal: AbortSignal;
}

/** What comes out of it, besides the ledger. */
export interface SubjectOutcome {
  readonly ending: Ending;
  /** The last word of the subject; null for kinds that make no claim. */
  readonly claim: Claim | null;
  /** What was printed, without secrets. */
  readonly printed: { readonly stdout: string; readonly stderr: string };
  /** What each party printed, in order of arrival, for its log file. */
  readonly logs: Readonly<Record<string, string>>;
  readonly clockVerified: boolean;
  /** Whether it wrote into its working directory, which all its runs share. */
  readonly wroteBesides: boolean;
}

/** How each kind is driven through its world. */
export const DRIVERS: Partial<Record<SubjectKind, (run: SubjectRun) => Promise<SubjectOutcome>>> = {
  agent: (run) => (run.subject.page === undefined ? runAgent(run) : runPage(run)),
  tool: runTool,
  broker: runBroker,
};
