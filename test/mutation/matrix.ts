// Which mutants of the checks the recorded runs of the specimens catch: a verdict that is another one is a mutant caught.

import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Check, Run } from '../../harness/check.ts';
import { judge } from '../../harness/judge.ts';
import type { Specimen } from '../specimens/index.ts';
import { MUTANTS_FOLDER, type Mutant } from './mutants.ts';
import { dependentsOf } from './parts.ts';
import type { Recording } from './recordings.ts';
import { counting, mutantCoverage, mutantSwitch, under } from './switch.ts';

const OF_A_WAY = 3;
/** What a check says of so many short runs tells what it is. */
const OF_A_CHECK = 40;

/** One judgement that a mutant may change. */
interface Trial {
  readonly specimen: string;
  readonly check: string;
  readonly run: Run;
  readonly verdict: string;
  /** How often each mutant’s place is come by; only those that are. */
  readonly hits: Readonly<Record<string, number>>;
  readonly tookMs: number;
}

let judgements = 0;

/** What a copy of the checks says. */
type Judges = ReadonlyMap<string, Check>;

/** What came of it. */
interface Matrix {
  readonly caught: ReadonlySet<string>;
  /** The mutants that act while the sources are read. */
  readonly atLoad: ReadonlySet<string>;
}

/** The mutants that some recorded verdict catches. */
export async function caughtByMatrix(
  mutants: readonly Mutant[],
  specimens: readonly Specimen[],
  recordings: readonly Recording[],
  onProgress: (done: number) => void,
): Promise<Matrix> {
  const changed = new Set(mutants.map(({ file }) => file));
  const judges = await judgesUnder(null, [...new Set([...changed].flatMap(dependentsOf))]);
  const atLoad = new Set(Object.keys(mutantCoverage.static));
  const all: Trial[] = [];
  for (const recording of recordings) all.push(...(await trialsOf(recording, judges)));
  mustBeAsPinned(specimens, judges, all);
  const trials = telling(all);
  const caught = new Set<string>();
  for (const [index, mutant] of mutants.entries()) {
    const dependents = atLoad.has(mutant.id) ? dependentsOf(mutant.file) : [];
    const copy = dependents.length > 0 ? await judgesUnder(mutant.id, dependents) : judges;
    const concerned = trials.filter(
      ({ check, hits }) => hits[mutant.id] !== undefined || dependents.includes(check),
    );
    for (const { check, run, verdict, hits } of concerned) {
      const said = await under(mutant.id, hits[mutant.id] ?? 0, () => verdictOf(check, copy, run));
      if (said === verdict) continue;
      caught.add(mutant.id);
      break;
    }
    onProgress(index + 1);
  }
  return { caught, atLoad };
}

// Runs that take a check along the same ways to the same verdict tell much the same: a few of the short ones are enough.
function telling(trials: readonly Trial[]): readonly Trial[] {
  const wayOf = ({ check, verdict, hits }: Trial) => [check, verdict, ...Object.keys(hits)].join(' ');
  const byTime = (a: Trial, b: Trial) => a.tookMs - b.tookMs;
  const kept = [...Map.groupBy(trials, wayOf).values()].flatMap((alike) =>
    alike.sort(byTime).slice(0, OF_A_WAY),
  );
  const judged = Map.groupBy(kept.sort(byTime), ({ check, verdict }) => `${check} ${verdict}`);
  return [...judged.values()].flatMap((alike) => alike.slice(0, OF_A_CHECK)).sort(byTime);
}

// By the one who calls checks, so that one without its parts is an error, and one for other kinds does not apply.
function verdictOf(id: string, judges: Judges, run: Run): string {
  const check = judges.get(id);
  try {
    const findings = judge(check === undefined ? [] : [check], run);
    return findings.find((finding) => finding.check === id)?.verdict ?? 'missing';
  } catch {
    return 'error';
  }
}

/** What each check says of a run, and which mutants’ places it comes by while it does. */
async function trialsOf({ specimen, run, checks }: Recording, judges: Judges): Promise<readonly Trial[]> {
  const trials: Trial[] = [];
  for (const check of checks.filter((asked) => judges.has(asked))) {
    const id = `judgement ${++judgements}`;
    const startMs = performance.now();
    const verdict = await counting(id, () => verdictOf(check, judges, run));
    const tookMs = performance.now() - startMs;
    trials.push({ specimen, check, run, verdict, hits: mutantCoverage.perTest[id] ?? {}, tookMs });
  }
  return trials;
}

/** Runs from before a specimen or a check was changed prove nothing. */
function mustBeAsPinned(specimens: readonly Specimen[], judges: Judges, trials: readonly Trial[]): void {
  for (const { id, fails } of specimens) {
    const failed = trials.filter(({ specimen, verdict }) => specimen === id && verdict === 'fail');
    const unlike = [...judges.keys()].filter(
      (check) => fails.includes(check) !== failed.some((trial) => trial.check === check),
    );
    if (unlike.length > 0)
      throw new Error(`${id}: ${unlike} not as pinned: delete .hour4/recordings and record again`);
  }
}

/** Reads checks from the copy; with a mutant that acts while they are read, a copy of their own. */
async function judgesUnder(mutant: string | null, ids: readonly string[]): Promise<Judges> {
  mutantSwitch.activeMutant = mutant ?? undefined;
  const judges = new Map<string, Check>();
  for (const id of ids) {
    const url = `${pathToFileURL(join(MUTANTS_FOLDER, `${id}.ts`)).href}${mutant === null ? '' : `?mutant=${mutant}`}`;
    const module: { default?: Check } = await import(url).catch(() => ({}));
    if (module.default !== undefined) judges.set(id, module.default);
  }
  mutantSwitch.activeMutant = undefined;
  return judges;
}

// What a copy imports of its neighbours belongs to the same copy.
registerHooks({
  resolve(specifier, context, nextResolve) {
    const resolved = nextResolve(specifier, context);
    const parent = context.parentURL === undefined ? null : URL.parse(context.parentURL);
    const isNeighbour = resolved.url.startsWith(pathToFileURL(MUTANTS_FOLDER).href);
    if (!isNeighbour || parent === null || parent.search === '' || resolved.url.includes('?'))
      return resolved;
    return { ...resolved, url: `${resolved.url}${parent.search}` };
  },
});
