/**
 * The harness as a library: load a config, run a suite, read a ledger.
 * @module
 */

export type { Category, Check, Ending, Judgement, Run, SubjectKind } from './check.ts';
export { type Config, defineConfig, type Limits, type TimeChoice } from './config/config.ts';
export type { ServiceKnobs } from './config/knobs.ts';
export { loadConfig } from './config/load.ts';
export type { ConfigInput } from './config/schema.ts';
export type { Claim, Entry, EntryOf, ErrorObject, WorldAccount, WorldLine } from './entry.ts';
export { HarnessError, UsageError } from './errors.ts';
export { entriesOf, formatLedger, type Ledger, parseLedger } from './ledger.ts';
export { type Behaviour, HONEST } from './mock-tool/behaviour.ts';
export { type MockToolRun, mockTool } from './mock-tool/mock-tool.ts';
export type {
  Boundary,
  Cost,
  Finding,
  Grade,
  Letter,
  Loss,
  Result,
  Rubric53,
  RubricCondition,
  ScenarioResult,
  Verdict,
} from './result.ts';
export type { Job, Scenario, TimelineDeed, TimelineStep } from './scenario.ts';
export type { JobMaker, Progress, SuiteOptions } from './stage.ts';
export type { WorldFile } from './subjects/world-file.ts';
export { runSuite } from './suite.ts';
export { type TwinLoss, twinLoss } from './twin-loss.ts';
export type { Blow, ProcessBlow, StoreBlow } from './world/blows.ts';
export type { Condition } from './world/conditions.ts';
export type { Fault, FaultDeed } from './world/faults.ts';
export type { Gate } from './world/gates.ts';
export type { ExchangeMatch } from './world/match.ts';
