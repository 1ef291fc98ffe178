// Every bad input: one clear line on stderr, nothing on stdout, exit code 2.

import { describe, expect, test } from 'vitest';
import { folderWith } from '../config/folder.ts';
import { hour4 } from './inside.ts';

const GOOD = 'subject: { name: sync, kind: agent, run: [node, sync.mjs] }\n';

async function complaintAbout(args: readonly string[], files: Readonly<Record<string, string>> = {}) {
  const folder = folderWith({ 'hour4.yaml': GOOD, ...files });
  const { code, stdout, stderr } = await hour4(args, folder);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^hour4: [^\n]+\n$/);
  return stderr.slice('hour4: '.length).trimEnd().replaceAll(`${folder}/`, '').replaceAll(folder, 'FOLDER');
}

describe('a bad command line', () => {
  test.each([
    [['rn'], "unknown command 'rn' (Did you mean run?)"],
    [['replay'], "unknown command 'replay': hour4 --help tells what there is"],
    [['run', '--sed', '3'], "unknown option '--sed' (Did you mean --seed?)"],
    [['run', '--seed'], "option '--seed <n>' argument missing: hour4 --help tells what there is"],
    [
      ['run', '--seed', '1.5'],
      "option '--seed <n>' argument '1.5' is invalid. It must be a whole number of 0 or more.",
    ],
    [
      ['run', '--repeat', '0'],
      "option '--repeat <n>' argument '0' is invalid. It must be a whole number of 1 or more.",
    ],
    [
      ['run', '--time', 'fast'],
      "option '--time <mode>' argument 'fast' is invalid. Allowed choices are auto, exact, compressed, real.",
    ],
    [
      ['run', '--min-grade', 'N'],
      "option '--min-grade <letter>' argument 'N' is invalid. Allowed choices are A, B, C, D, F.",
    ],
    [
      ['run', '--fail-on', 'all'],
      "option '--fail-on <verdict>' argument 'all' is invalid. Allowed choices are fail, inconclusive.",
    ],
    [['run', 'a', 'b'], "too many arguments for 'run'. Expected 1 argument but got 2"],
    [['run', '--report', 'jsn'], '--report: no report "jsn": did you mean "json"?'],
    [['run', '--report', 'json='], '--report: no file after "json=": write json=FILE, or json alone'],
    [
      ['run', '--report', 'json', '--report', 'text'],
      '--report: two reports go to stdout: give all but one a file, as in json=result.json',
    ],
    [['run', '--report', 'json=.'], '--report: FOLDER is a folder: name a file in it'],
    [['run', '--report', 'json=hour4.yaml/r.json'], '--report: cannot write hour4.yaml/r.json'],
    [
      ['run', '--require', 'no-silent-skp'],
      '--require: no check "no-silent-skp": did you mean "no-silent-skip"?',
    ],
    [['run', '--scenario', 'hour-fur'], '--scenario: no scenario "hour-fur": did you mean "hour-four"?'],
    [['run', '--scenario', 'x-*'], '--scenario: no scenario "x-*": known: '],
    [['run', 'no.yaml'], 'no.yaml: no such file: give the path of a config, or run in its folder'],
    [
      ['list', 'check'],
      "command-argument value 'check' is invalid for argument 'what'. Allowed choices are services, scenarios, checks, reports.",
    ],
    [['list'], "missing required argument 'what': hour4 --help tells what there is"],
    [['explain'], "missing required argument 'id': hour4 --help tells what there is"],
    [
      ['explain', 'no-silent-skp'],
      'explain: no check, no scenario, and no service says "no-silent-skp": did you mean "no-silent-skip"?',
    ],
  ])('%j', async (args, expected) => {
    expect(await complaintAbout(args)).toContain(expected);
  });
});

describe('a bad config', () => {
  test.each([
    ['hour4.yaml', 'subject: { kind: agent, run: [nodee] }', 'hour4.yaml: subject.run: no program "nodee"'],
    ['hour4.yaml', 'subject: [', 'hour4.yaml:1: is not YAML: Flow sequence'],
    ['a.json', '{', 'a.json: is not JSON: Expected property name'],
    ['a.mjs', 'throw new Error("a\\nb")', 'a.mjs: cannot be loaded: a'],
    ['a.mjs', 'export const x = 1', 'a.mjs: has no default export'],
    ['a.yaml', `${GOOD}servces: {}`, 'a.yaml: servces: unknown key: did you mean "services"?'],
  ])('%s: %j', async (name, text, expected) => {
    for (const command of ['run', 'env']) {
      expect(await complaintAbout([command, name], { [name]: text })).toContain(expected);
    }
  });

  test('that names a scenario nobody knows', async () => {
    expect(await complaintAbout(['run'], { 'hour4.yaml': `${GOOD}scenarios: [hour-fur]` })).toBe(
      'hour4.yaml: scenarios: no scenario "hour-fur": did you mean "hour-four"?',
    );
  });

  test('that is not there', async () => {
    const { code, stderr } = await hour4(['run'], folderWith({}));
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^hour4: no config in \S+: write hour4.yaml or hour4.config.ts there, or give a path\n$/,
    );
  });
});
