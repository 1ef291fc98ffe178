// How token requests may be sent, and how clients may show who they are: each service takes what it is told to take.

import { describe, expect, test } from 'vitest';
import type { Service } from '../../mocks/service.ts';
import { SERVICES } from '../../mocks/services/index.ts';
import { visit } from './visit.ts';

const ENCODINGS = ['form', 'json'] as const;
const WAYS = ['basic', 'body'] as const;

/** A refresh in any form, by a client that shows who it is in any way. */
function refresh(service: Service, encoding: 'form' | 'json', clientAuth: 'basic' | 'body') {
  const { send, account, client } = visit(service);
  const fields = {
    grant_type: 'refresh_token',
    refresh_token: account.refreshToken ?? '',
    ...(clientAuth === 'body' ? client : {}),
  };
  const credentials = Buffer.from(`${client.client_id}:${client.client_secret}`).toString('base64');
  return send(
    'POST',
    new URL(account.tokenUrl).pathname,
    encoding === 'json' ? JSON.stringify(fields) : new URLSearchParams(fields).toString(),
    {
      'content-type': encoding === 'json' ? 'application/json' : 'application/x-www-form-urlencoded',
      ...(clientAuth === 'basic' ? { authorization: `Basic ${credentials}` } : {}),
    },
  );
}

const refreshing = SERVICES.filter((service) => visit(service).account.refreshToken !== null);

describe.each(refreshing)('$id', (service) => {
  test.each(ENCODINGS.flatMap((encoding) => WAYS.map((way) => [encoding, way] as const)))(
    '%s, %s',
    (encoding, way) => {
      const { tokenRequest } = service;
      const { insistsOn = [] } = tokenRequest;
      const isWronglyEncoded = insistsOn.includes('encoding') && encoding !== tokenRequest.encoding;
      const isWronglyShown = insistsOn.includes('clientAuth') && !tokenRequest.clientAuth.includes(way);
      const { truth, effects } = refresh(service, encoding, way);
      expect(truth).toBe(isWronglyEncoded ? 'wrong-encoding' : isWronglyShown ? 'wrong-client-auth' : 'ok');
      // Who asks in a wrong way has spent nothing.
      if (truth !== 'ok') expect(effects).toEqual([]);
    },
  );
});

test('the services that insist are those of which it is known', () => {
  const insisting = (what: 'encoding' | 'clientAuth') =>
    SERVICES.filter(({ tokenRequest }) => tokenRequest.insistsOn?.includes(what)).map(({ id }) => id);
  expect(insisting('encoding').sort()).toEqual(['discord', 'microsoft', 'okta', 'spotify', 'xero']);
  expect(insisting('clientAuth').sort()).toEqual(['airtable', 'hubspot', 'notion']);
});

test('a client that shows its secret in the right place may also show it in another', () => {
  const hubspot = SERVICES.find(({ id }) => id === 'hubspot') ?? expect.unreachable();
  const { form, account, client } = visit(hubspot);
  const fields = { grant_type: 'refresh_token', refresh_token: account.refreshToken ?? '', ...client };
  const path = new URL(account.tokenUrl).pathname;
  expect(form(path, fields, { authorization: `Basic ${btoa('somebody:else')}` }).truth).toBe('ok');
});
