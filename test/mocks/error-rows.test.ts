// The lists of refusals: a service's own, and those that only a variant has or puts otherwise.

import { expect, test } from 'vitest';
import { errorRows, REFUSALS, SERVICES } from '../../mocks/index.ts';

const rows = SERVICES.flatMap(errorRows);

test('a service and its variants name each refusal once for each of its words', () => {
  const names = rows.map(({ service, variant, id, at, status, headers, body }) =>
    JSON.stringify([service, variant, id, at, status, headers, body]),
  );
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test('no service speaks the words of the engine', () => {
  const engineWords = Object.keys(REFUSALS).filter((cause) => cause.includes('-'));
  const spoken = new RegExp(`[": ](?:${engineWords.join('|')})"`);
  expect(rows.filter(({ body }) => spoken.test(body)).map(({ service, id }) => `${service} ${id}`)).toEqual(
    [],
  );
});

test('every refusal of a variant that its service does not have is listed under the variant', () => {
  for (const service of SERVICES) {
    for (const [name, variant] of Object.entries(service.variants)) {
      const more = variant.apply(service).wire.filter(({ id }) => !service.wire.some((row) => row.id === id));
      for (const { id } of more)
        expect(
          rows.some((row) => row.service === service.id && row.id === id && row.variant === name),
          `${service.id}: ${name}: ${id}`,
        ).toBe(true);
    }
  }
});

test('a variant that says the same in other words is listed, too, and one that changes no word is not', () => {
  const ofHubspot = rows.filter(({ service, id }) => service === 'hubspot' && id === 'refresh-token-dead');
  expect(ofHubspot.map(({ variant }) => variant)).toEqual([null, 'older-errors']);
  const ofEvents = rows.filter(({ service, variant }) => service === 'mcp' && variant === 'event-stream');
  expect(ofEvents.map(({ id }) => id)).not.toContain('refresh-token-dead');
});
