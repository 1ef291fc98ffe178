// A specimen whose one disease is taken out fails nothing, in the very stories in which it was sick.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openHouse } from '../harness/subjects/house.ts';
import { examine } from './specimens/examine.ts';
import { SPECIMENS } from './specimens/index.ts';
import { healed } from './specimens/repair.ts';

const MINUTES = 600_000;
/** One of each sort; HOUR4_NIGHTLY=1 takes all. */
const IN_CI = [
  'agent: stage-2-token-manager',
  'agent: empty-on-401',
  'program: exits-with-1',
  'broker: mixes-tenants',
  'shared broker: 503-is-terminal',
];

const outDir = mkdtempSync(join(tmpdir(), 'hour4-healed-'));
// One for all, whose processes stay warm.
const house = openHouse();
afterAll(async () => {
  await house.close();
  rmSync(outDir, { recursive: true, force: true });
});

const sick = SPECIMENS.filter(({ fails }) => fails.length > 0);
const chosen = process.env.HOUR4_NIGHTLY === '1' ? sick : sick.filter(({ id }) => IN_CI.includes(id));

describe('a specimen without its disease fails nothing', () => {
  test.each(chosen)(
    '$id',
    async (specimen) => {
      const folder = join(outDir, specimen.id.replaceAll(/\W+/g, '-'));
      const { scenarios, grade } = await examine(specimen, { outDir: folder, isHealed: true, house });
      const failures = scenarios.flatMap(({ id, findings }) =>
        findings
          .filter(({ verdict }) => verdict === 'fail' || verdict === 'error')
          .map(({ check, message }) => `${id} ${check}: ${message}`),
      );
      expect(failures).toEqual([]);
      // Only where the stories in which the disease shows cannot show all that a letter speaks of, there is none.
      const silences = grade.cappedBy.filter((why) =>
        why.startsWith('No letter: nothing could be concluded'),
      );
      expect(grade).toMatchObject({ letter: silences.length === 0 ? 'A' : 'N', cappedBy: silences });
    },
    MINUTES,
  );
});

describe('what is taken out', () => {
  test('is the line that says how it is healed', () => {
    expect(healed('run\n  exit 1 # healed: exit "$2"\nend')).toBe('run\n  exit "$2"\nend');
    expect(healed('const a = 1; // healed: const a = 2;')).toBe('const a = 2;');
  });

  test('is else what the specimen changes about a careful one', () => {
    expect(
      healed("import { agent } from './a.ts';\n\nexport default agent({\n  heal: () => null,\n});\n"),
    ).toBe("import { agent } from './a.ts';\n\nexport default agent();\n");
  });
});
