// A specimen through the real runner, of whatever kind it is.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Check } from '../../harness/check.ts';
import { loadConfig } from '../../harness/config/load.ts';
import type { Result } from '../../harness/result.ts';
import type { Scenario } from '../../harness/scenario.ts';
import type { House } from '../../harness/subjects/house.ts';
import { runSuite } from '../../harness/suite.ts';
import { SERVICES } from '../../mocks/index.ts';
import { CHECKS } from '../../scenarios/checks/index.ts';
import { OVERNIGHT_SERVICES, overnightJob } from '../../scenarios/overnight-job.ts';
import { runBrokerSuite, startOf } from '../subjects/broker-suite.ts';
import { examineTool, mockRun } from '../subjects/tool-run.ts';
import type { Specimen as AgentSpecimen } from './agent/index.ts';
import type { BrokerSpecimen } from './broker/index.ts';
import type { Specimen } from './index.ts';
import type { ProgramSpecimen } from './program/index.ts';
import { healedCopy } from './repair.ts';

const ROOT = resolve(import.meta.dirname, '..', '..');

/** How it is examined. */
export interface Examination {
  /** Ledgers and logs are written below it. */
  readonly outDir: string;
  /** The stories that are told, of those that it is for. */
  readonly stories?: readonly Scenario[];
  readonly checks?: readonly Check[];
  readonly seed?: number;
  /** Where it takes place, for who examines several: the processes stay warm. */
  readonly house?: House;
  /** Whether its disease is taken out before. */
  readonly isHealed?: boolean;
}

type Whole = Required<Omit<Examination, 'house'>> & Pick<Examination, 'house'>;

/** Runs a specimen through its stories. */
export function examine(specimen: Specimen, examination: Examination): Promise<Result> {
  const { start, stories } = specimen;
  const usual = { stories, checks: CHECKS, seed: 1, isHealed: false, ...examination };
  mkdirSync(usual.outDir, { recursive: true });
  const { outDir, checks, seed, isHealed } = usual;
  const where = examination.house === undefined ? {} : { house: examination.house };
  const scenarios = usual.stories;
  const asWanted = (file: string) => (isHealed ? healedCopy(file, outDir) : file);
  switch (start.sort) {
    case 'agent':
      return examineAgent(subjectOf(start.specimen, asWanted), usual);
    case 'driver':
      return examineAgent(
        {
          subject: { run: [process.execPath, asWanted(fileOf('driver', start.specimen.id))] },
          services: { plain: {} },
          job: { kind: 'tool' },
        },
        usual,
      );
    case 'program':
      return examineProgram(start.specimen, asWanted(join(ROOT, start.specimen.file)), usual);
    case 'tool':
      return examineTool({
        ...mockRun(isHealed ? {} : start.specimen.knobs),
        outDir,
        time: 'exact',
        checks,
        seed,
      });
    case 'broker':
      return runBrokerSuite({
        name: start.specimen.id,
        start: brokerStart(start.specimen, asWanted),
        scenarios,
        checks,
        seed,
        // Beside its folder, which would otherwise be left out as hour4's own.
        outDir: join(outDir, 'runs'),
        subject: isHealed ? {} : folderWith(outDir, start.specimen.files),
        ...where,
      });
    case 'shared broker': {
      const { module, replicas } = start;
      const file = asWanted(fileOf('broker/shared', module));
      return runBrokerSuite({
        name: module,
        start: { run: null, module: file, replicas },
        scenarios,
        checks,
        seed,
        outDir,
        ...where,
      });
    }
  }
}

type AsWanted = (file: string) => string;

function brokerStart(specimen: BrokerSpecimen, asWanted: AsWanted) {
  const start = startOf(specimen);
  return { ...start, module: start.module === null ? null : asWanted(start.module) };
}

function examineProgram(
  { kind, interpreter, timeFactor }: ProgramSpecimen,
  file: string,
  examination: Whole,
) {
  const run = [...interpreter, file];
  const { outDir, checks, seed } = examination;
  return kind === 'tool'
    ? examineTool({ run, outDir, checks, seed, time: 'real' })
    : examineAgent(
        {
          subject: { run, time: 'compressed', ...(timeFactor && { timeFactor }) },
          services: overnightServices({}),
        },
        examination,
      );
}

/** What a config says of an agent in the overnight job, or in its own. */
function subjectOf({ id, module, rotating, own }: AgentSpecimen, asWanted: AsWanted) {
  const services = overnightServices(rotating === true ? { variant: 'rotating' } : {});
  return { subject: { name: id, module: asWanted(fileOf('agent', module)) }, ...(own ?? { services }) };
}

const overnightServices = (knobs: object) =>
  Object.fromEntries(OVERNIGHT_SERVICES.map((service) => [service, knobs]));

async function examineAgent(
  input: { readonly subject: object; readonly services: object; readonly job?: object },
  { outDir, stories, checks, seed, house }: Whole,
): Promise<Result> {
  const file = join(outDir, 'hour4.config.json');
  const subject = { name: 'agent', kind: 'agent', ...input.subject };
  writeFileSync(file, JSON.stringify({ ...input, subject, limits: { realTime: '5m' } }));
  const config = await loadConfig(file, outDir, SERVICES);
  return runSuite({
    config,
    scenarios: stories,
    checks,
    defaultJob: { needsServices: OVERNIGHT_SERVICES, make: overnightJob },
    seed,
    outDir,
    time: config.subject.time === 'auto' ? 'exact' : config.subject.time,
    ...(house === undefined ? {} : { houses: [house] }),
  });
}

function folderWith(outDir: string, files: Readonly<Record<string, readonly string[]>> | undefined) {
  if (files === undefined) return {};
  const cwd = join(outDir, 'folder');
  mkdirSync(cwd, { recursive: true });
  for (const [name, pieces] of Object.entries(files)) writeFileSync(join(cwd, name), pieces.join(''));
  return { cwd };
}

const fileOf = (folder: string, name: string) => join(import.meta.dirname, folder, `${name}.ts`);
