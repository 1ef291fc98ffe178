// The keys of a config that only a page has.

import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../harness/config/load.ts';
import { SERVICES } from '../../mocks/index.ts';
import { folderWith } from './folder.ts';

const load = (subject: object) =>
  loadConfig(
    'c.json',
    folderWith({ 'c.json': JSON.stringify({ subject, services: { plain: {} } }) }),
    SERVICES,
  );

const PAGE = { kind: 'agent', page: 'http://127.0.0.1:5173/' };

test('a page, alone or with the program that serves it', async () => {
  expect((await load(PAGE)).subject).toMatchObject({ page: PAGE.page, run: null, module: null });
  const served = {
    ...PAGE,
    page: 'http://localhost:{{ port }}/app.html',
    run: ['node', 'server.mjs'],
    tabs: 2,
  };
  expect((await load(served)).subject).toMatchObject({ page: served.page, run: served.run, tabs: 2 });
});

describe('what does not fit', () => {
  test.each([
    [{ ...PAGE, kind: 'broker' }, 'subject.page: is for kind agent, not for broker'],
    [{ ...PAGE, module: 'c.json' }, 'subject.module: a page has none: leave it out'],
    [
      { ...PAGE, time: 'compressed' },
      'subject.time: a page lives in exact time, not in compressed: leave it out',
    ],
    [
      { ...PAGE, intercept: 'proxy' },
      'subject.intercept: the calls of a page are always intercepted: leave it out',
    ],
    [
      { ...PAGE, page: 'https://app.example/' },
      'subject.page: "https://app.example/" is no page of this machine',
    ],
    [{ ...PAGE, page: 'index.html' }, 'subject.page: "index.html" is no page of this machine'],
    [{ ...PAGE, tabs: 9 }, 'subject.tabs: '],
    [
      { kind: 'agent', run: ['node', 'a.mjs'], tabs: 2 },
      'subject.tabs: is for a page: give page, or leave tabs out',
    ],
  ])('%j', async (subject, message) => {
    await expect(load(subject)).rejects.toThrow(message);
  });
});
