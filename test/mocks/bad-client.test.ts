// A client that is not who it says, or that says nothing: RFC 6749 section 5.2 and RFC 7009 section 2.1.

import { describe, expect, test } from 'vitest';
import asana from '../../mocks/services/asana/index.ts';
import box from '../../mocks/services/box/index.ts';
import mcp from '../../mocks/services/mcp/index.ts';
import notion from '../../mocks/services/notion/index.ts';
import plain from '../../mocks/services/plain/index.ts';
import zoom from '../../mocks/services/zoom/index.ts';
import { visit } from './visit.ts';

const AUTHORIZATION = `Basic ${Buffer.from('nobody:nothing').toString('base64')}`;
const NOBODY = { client_id: 'nobody', client_secret: 'nothing' };

describe.each([
  { service: plain, paths: ['/oauth/token', '/oauth/revoke', '/oauth/introspect'] },
  { service: mcp, paths: ['/token', '/revoke'] },
])('$service.id', ({ service, paths }) => {
  test.each(paths)('challenges at %s', (path) => {
    const { form } = visit(service);
    const fields = { grant_type: 'refresh_token', refresh_token: 'x', token: 'x' };
    const byHeader = form(path, fields, { authorization: AUTHORIZATION }).answer;
    const byBody = form(path, { ...fields, ...NOBODY }).answer;
    for (const { status, body } of [byHeader, byBody]) {
      expect([status, body]).toMatchObject([401, { error: 'invalid_client' }]);
    }
    expect(byHeader.headers['www-authenticate']).toBe(`Basic realm="${service.id}"`);
    expect(byBody.headers).not.toHaveProperty('www-authenticate');
  });
});

describe.each([
  { service: asana, status: 401 },
  { service: box, status: 400 },
  { service: notion, status: 401 },
  { service: zoom, status: 400 },
])('$service.id', ({ service, status }) => {
  test('revokes nothing for somebody who does not say who they are', () => {
    const { form, tokenRequest, refresh, account } = visit(service);
    const path = service.endpoints.revoke[0] ?? expect.unreachable();
    const token = account.refreshToken ?? expect.unreachable();
    const refused = form(path, { token });
    expect(refused).toMatchObject({ truth: 'unknown-client', answer: { status } });
    expect(refused.answer.body).toMatchObject({ error: 'invalid_client' });
    const alive = refresh();
    expect(alive.truth).toBe('ok');
    const { refresh_token: newest = token } = alive.answer.body as { refresh_token?: string };
    expect(tokenRequest({ token: newest }, path).truth).toBe('ok');
    expect(refresh(newest).truth).toBe('revoked-by-client');
  });
});
