// Findings across scenarios, gathered by check: what a reader mends is a cause, not an instance.

import type { Finding, Result, ScenarioResult, Verdict } from '../harness/result.ts';

/** A finding with the scenario it was made in. */
export interface Instance {
  readonly scenario: ScenarioResult;
  readonly finding: Finding;
}

/** One check with all it found of one verdict. */
export interface Group {
  readonly check: string;
  readonly instances: readonly Instance[];
}

/** The findings of a verdict by check; scenarios list the worst losses first, and so do the groups. */
export function groupsOf(result: Result, verdict: Verdict): readonly Group[] {
  const places = new Map<string, { place: number; instances: Instance[] }>();
  for (const scenario of result.scenarios) {
    for (const [place, finding] of scenario.findings.entries()) {
      if (finding.verdict !== verdict) continue;
      const known = places.get(finding.check) ?? { place, instances: [] };
      known.instances.push({ scenario, finding });
      places.set(finding.check, { ...known, place: Math.min(place, known.place) });
    }
  }
  return [...places]
    .sort(([, a], [, b]) => a.place - b.place)
    .map(([check, { instances }]) => ({ check, instances }));
}

/** The groups of a verdict whose checks concluded nothing in any scenario. */
export function neverConcluded(result: Result, verdict: 'inconclusive' | 'not-applicable'): readonly Group[] {
  const others = new Set(
    result.scenarios
      .flatMap(({ findings }) => findings)
      .filter((finding) => finding.verdict !== 'inconclusive' && finding.verdict !== 'not-applicable')
      .map(({ check }) => check),
  );
  return groupsOf(result, verdict).filter(({ check }) => !others.has(check));
}
