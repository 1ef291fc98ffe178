// Templates in variables.

import { expect, test } from 'vitest';
import { expand, templateProblem } from '../../harness/config/template.ts';
import { createProvider, SERVICES, seededRandomness } from '../../mocks/index.ts';

const accounts = SERVICES.filter(({ id }) => id === 'plain' || id === 'salesforce').map(
  (service) =>
    createProvider(service, {
      origin: `http://127.0.0.1:1/${service.id}`,
      randomness: seededRandomness(1),
    }).connect({ id: `acme-${service.id}`, tenant: 'acme', atMs: 0 }).account,
);
const [plain] = accounts;

test('each field stands for what the account has', () => {
  const fields = [
    'api',
    'tokenUrl',
    'clientId',
    'clientSecret',
    'accessToken',
    'refreshToken',
    'expiresAt',
    'account',
  ];
  const text = fields.map((field) => `{{plain.${field}}}`).join('\n');
  expect(expand(text, accounts, '/store').split('\n')).toEqual([
    plain?.apiUrl,
    plain?.tokenUrl,
    plain?.clientId,
    plain?.clientSecret,
    plain?.accessToken,
    plain?.refreshToken,
    '1970-01-01T01:00:00.000Z',
    'acme-plain',
  ]);
});

test('what a service does not state becomes empty, and the rest of the text stays', () => {
  expect(expand('a {{ salesforce.expiresAt }} b {{ store }} {x}', accounts, '/store')).toBe(
    'a  b /store {x}',
  );
});

test('several templates in one text are all checked', () => {
  expect(templateProblem('{{ plain.api }} {{ store }}', ['plain'])).toBeNull();
  expect(templateProblem('{{ plain.api }} {{ plain.api.x }}', ['plain'])).toContain(
    '{{ plain.api.x }} names no field',
  );
  expect(templateProblem('{{ }}', ['plain'])).toContain('names no service');
});
