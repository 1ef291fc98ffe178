// What happens between an authorization request and its code: a person signs in and consents, wholly, in part, or not at all.

import type { IncomingMessage } from 'node:http';
import type Provider from 'oidc-provider';
import type { InteractionResults, KoaContextWithOIDC } from 'oidc-provider';
import { consentPage, loginPage, lostPage, passwordOf } from './pages.ts';

type Details = Awaited<ReturnType<Provider['interactionDetails']>>;
type Next = () => Promise<void>;

/** Scopes that are no permissions, and that nobody is asked for. */
const SILENT: ReadonlySet<string> = new Set(['openid', 'offline_access']);

/** Answers the pages at `/interaction/{uid}`. */
export function interactions(provider: Provider, accounts: ReadonlySet<string>) {
  return async (context: KoaContextWithOIDC, next: Next): Promise<void> => {
    if (!context.path.startsWith('/interaction/')) return next();
    context.set('cache-control', 'no-store');
    context.type = 'html';
    try {
      const details = await provider.interactionDetails(context.req, context.res);
      const form = context.method === 'POST' ? await formOf(context.req) : null;
      const done = form === null ? null : await resultOf(provider, accounts, details, form);
      if (done === null || typeof done === 'string') {
        context.body = pageOf(details, context.path, done);
        return;
      }
      const lastly = { mergeWithLastSubmission: done.error === undefined };
      context.redirect(await provider.interactionResult(context.req, context.res, done, lastly));
      context.status = 303;
    } catch (error) {
      context.status = 400;
      context.body = lostPage((error as Error).message);
    }
  };
}

function pageOf(details: Details, action: string, problem: string | null): string {
  if (details.prompt.name === 'login') return loginPage(action, problem);
  return consentPage(action, {
    account: details.session?.accountId ?? '',
    client: String(details.params.client_id),
    scopes: askedIn(details).filter((scope) => !SILENT.has(scope)),
  });
}

// A text says what is wrong with the form, which is then shown again.
async function resultOf(
  provider: Provider,
  accounts: ReadonlySet<string>,
  details: Details,
  form: URLSearchParams,
): Promise<InteractionResults | string> {
  if (form.get('do') === 'cancel')
    return { error: 'access_denied', error_description: 'the person did not consent' };
  if (details.prompt.name !== 'login') return consented(provider, details, form);
  const account = form.get('account') ?? '';
  const isRight = accounts.has(account) && form.get('password') === passwordOf(account);
  return isRight ? { login: { accountId: account } } : 'There is no such account with this password.';
}

async function consented(
  provider: Provider,
  details: Details,
  form: URLSearchParams,
): Promise<InteractionResults> {
  const accountId = details.session?.accountId ?? '';
  const clientId = String(details.params.client_id);
  const given = form.getAll('scope');
  const asked = askedIn(details);
  const isGiven = (scope: string) => SILENT.has(scope) || given.includes(scope);
  const grant = new provider.Grant({ accountId, clientId });
  grant.addOIDCScope(asked.filter(isGiven).join(' '));
  const rejected = asked.filter((scope) => !isGiven(scope));
  if (rejected.length > 0) grant.rejectOIDCScope(rejected.join(' '));
  return { consent: { grantId: await grant.save() } };
}

const askedIn = ({ params }: Details): readonly string[] =>
  String(params.scope ?? '')
    .split(' ')
    .filter(Boolean);

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return new URLSearchParams(text);
}
