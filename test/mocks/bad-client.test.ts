// A client that is not who it says: 401 with a challenge for whoever tried by the Authorization header (RFC 6749 section 5.2).

import { describe, expect, test } from 'vitest';
import mcp from '../../mocks/services/mcp/index.ts';
import plain from '../../mocks/services/plain/index.ts';
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
