// Every preset is a rule that does what its title says, and strikes as often as it should.

import { expect, test } from 'vitest';
import { createFaults } from '../../harness/world/faults.ts';
import { PRESETS, type PresetName, preset } from '../../harness/world/presets.ts';

const MET = { service: 'hubspot', route: 'token', account: 'acme-hubspot', party: 'agent' };

test.each(Object.keys(PRESETS) as PresetName[])(
  '%s meets what it is aimed at, as often as it says',
  (name) => {
    const faults = createFaults();
    faults.add(preset(name, { route: 'token' }));
    const strikes = [1, 2, 3].map(() => faults.meet(MET, 0) !== null);
    const once = 'count' in PRESETS[name];
    expect(strikes).toEqual(once ? [true, false, false] : [true, true, true]);
    expect(faults.meet({ ...MET, route: 'deals.search' }, 0)).toBeNull();
  },
);

test('a preset can be made to last or to end', () => {
  const faults = createFaults();
  faults.add(preset('rate-limit', {}, { count: 2, untilMs: 100 }));
  expect([faults.meet(MET, 0), faults.meet(MET, 99), faults.meet(MET, 99)].map((fault) => fault?.id)).toEqual(
    ['rate-limit', 'rate-limit', undefined],
  );
  const ended = createFaults();
  ended.add(preset('slow', {}, { untilMs: 100 }));
  expect(ended.meet(MET, 100)).toBeNull();
});

test('the first rule that fits wins', () => {
  const faults = createFaults();
  faults.add(preset('slow', { service: 'salesforce' }));
  faults.add(preset('html-page', {}));
  faults.add(preset('never-answers', {}));
  expect(faults.meet(MET, 0)?.id).toBe('html-page');
  expect(faults.meet(MET, 0)?.id).toBe('never-answers');
});
