// `oidc` by hand: its tokens live and die by the clock of `serve`, and its pages are there for a browser.

import { expect, test } from 'vitest';
import { send, served } from '../serve/served.ts';

test('is served, jumps with the clock, and shows its page', async () => {
  const world = await served(['oidc']);
  const account = await world.account({ service: 'oidc' });
  expect((await world.call(account, '/v1/me')).status).toBe(200);
  await world.ask('POST', '/clock', { advance: '61m' });
  expect((await world.call(account, '/v1/me')).status).toBe(401);
  const refreshed = await world.refresh(account);
  expect(refreshed.status).toBe(200);
  const { access_token: accessToken } = JSON.parse(refreshed.text);
  expect((await world.call({ ...account, accessToken }, '/v1/me')).status).toBe(200);
  expect(JSON.parse((await world.refresh(account)).text)).toMatchObject({ error: 'invalid_grant' });
  const away = await send(account.reauthUrl ?? '');
  expect(away.status).toBe(303);
  const cookie = (away.headers['set-cookie'] ?? []).map((each) => each.split(';')[0]).join('; ');
  const page = await send(new URL(away.headers.location ?? '', account.apiUrl).href, { headers: { cookie } });
  expect(page.text).toContain('<h1>Sign in</h1>');
});
