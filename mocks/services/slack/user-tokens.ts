// An app that is installed with `user_scope` alone: it acts as the person who installed it, and no bot comes with it.

import type { Granted, Service, Variant, WireRow } from '../../service.ts';
import { ok } from './answers.ts';
import { minting, tellInstallation, tellTokens } from './tokens.ts';
import { webhooksFor } from './webhooks.ts';
import { installerIdOf } from './workspace.ts';

// The installation tells the token beside the person whose it is; a refresh tells it where a bot's would be.
const tokenAnswer = (granted: Granted) => {
  const { via, account } = granted;
  const told = tellInstallation({}, granted);
  return via === 'authorization_code'
    ? ok({ ...told, authed_user: tellTokens({ id: installerIdOf(account.tenant) }, granted) })
    : ok(tellTokens(told, granted));
};

// Of a person who is gone the token is called revoked; only a bot is told that the account is inactive.
function wireOf(wire: Service['wire']): readonly WireRow[] {
  const gone = wire.find(({ id }) => id === 'account-inactive')?.causes ?? [];
  return wire
    .filter(({ id }) => id !== 'account-inactive')
    .map((row) => (row.id === 'token-revoked' ? { ...row, causes: [...row.causes, ...gone] } : row));
}

/** The variant. */
export const userTokens: Variant = {
  title: 'the app has no bot: its token is that of the person who installed it, asked for with user_scope',
  status: 'real',
  source: 'docs.slack.dev/authentication/installing-with-oauth and /using-token-rotation',
  apply: ({ besideScopes: _bot, ...service }) => ({
    ...service,
    scopeParameter: 'user_scope',
    mintAccess: minting('p'),
    tokenAnswer,
    wire: wireOf(service.wire),
    webhooks: webhooksFor('oauth', installerIdOf),
  }),
};
