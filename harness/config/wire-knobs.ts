// From knobs to what a service says and hears on the wire: paths, shapes of answers, places of tokens, words.

import { inForm, shaped } from '../../mocks/answer-shape.ts';
import type { Service, WireRow } from '../../mocks/index.ts';
import { tokenReader } from '../../mocks/presented-token.ts';
import type { ServiceKnobs } from './knobs.ts';
import { toMs } from './policy-knobs.ts';

/** The service with the knobs in force that do not concern its policy. */
export function spokenBy(service: Service, knobs: ServiceKnobs): Service {
  const { scopes, hosts, authorization, askedTtl, askedRefreshTtl, callWindow, errors = [] } = knobs;
  const { tokenAnswer, unmodelled } = knobs;
  const wire = tokenAnswer === 'form' ? service.wire.map(refusedInForm) : service.wire;
  return {
    ...service,
    ...(scopes === undefined ? {} : { scopes }),
    ...(hosts === undefined ? {} : { hosts }),
    ...(authorization === undefined ? {} : { authorization, presentedToken: tokenReader(authorization) }),
    ...(askedTtl === undefined ? {} : { askedTtlMs: secondsIn(askedTtl.field ?? 'expires_in') }),
    ...(askedRefreshTtl === undefined
      ? {}
      : { askedRefreshTtlMs: secondsIn(askedRefreshTtl.field ?? 'refresh_token_expires_in') }),
    ...(callWindow === undefined ? {} : { usageWindowMs: toMs(callWindow) }),
    wire: errors.length === 0 ? wire : withWords(wire, errors),
    ...(unmodelled === undefined ? {} : { unmodelled }),
    ...endpointsOf(service, knobs),
    ...answersOf(service, knobs),
  };
}

function endpointsOf(
  { endpoints, tokenRequest }: Service,
  { tokenPath, revokePath, authorizePath, tokenRequest: encoding, clientAuth, insistsOn }: ServiceKnobs,
): Pick<Service, 'endpoints' | 'tokenRequest'> {
  return {
    endpoints: {
      token: tokenPath === undefined ? endpoints.token : [tokenPath],
      revoke: revokePath === undefined ? endpoints.revoke : [revokePath],
      authorize: authorizePath === undefined ? endpoints.authorize : [authorizePath],
    },
    tokenRequest: {
      ...tokenRequest,
      encoding: encoding ?? tokenRequest.encoding,
      clientAuth: clientAuth === undefined ? tokenRequest.clientAuth : [clientAuth],
      ...(insistsOn === undefined
        ? {}
        : { insistsOn: insistsOn.map((what) => (what === 'tokenRequest' ? 'encoding' : what)) }),
    },
  };
}

function answersOf(
  { tokenAnswer, statesLifetime }: Service,
  { expiresIn, refreshToken, tokenType, tokenAnswer: encoding }: ServiceKnobs,
): Partial<Service> {
  const isSaid = [expiresIn, refreshToken, tokenType, encoding].some((said) => said !== undefined);
  if (!isSaid) return {};
  const shape = {
    ...(expiresIn === undefined ? {} : { expiresIn }),
    ...(refreshToken === undefined ? {} : { refreshToken }),
    ...(tokenType === undefined ? {} : { tokenType }),
    ...(encoding === undefined ? {} : { encoding }),
  };
  return {
    tokenAnswer: shaped(tokenAnswer, shape),
    statesLifetime: expiresIn === undefined ? statesLifetime : expiresIn !== 'absent',
  };
}

const refusedInForm = (row: WireRow): WireRow =>
  row.at === 'token' ? { ...row, answer: (refused) => inForm(row.answer(refused)) } : row;

const secondsIn =
  (field: string): NonNullable<Service['askedTtlMs']> =>
  (fields) => {
    const seconds = Number(fields[field] ?? Number.NaN);
    return Number.isFinite(seconds) ? seconds * 1000 : null;
  };

// Words of one's own go before those of the base, which keeps what is left of its rows.
function withWords(wire: Service['wire'], errors: NonNullable<ServiceKnobs['errors']>): Service['wire'] {
  const own = errors.map(
    ({ at, causes, status, headers = {}, body = '' }, index): WireRow => ({
      id: `own-${index + 1}`,
      at,
      causes,
      produce: [],
      source: 'the config',
      sureness: 'assumed',
      answer: () => ({
        status,
        headers: typeof body === 'string' ? headers : { 'content-type': 'application/json', ...headers },
        body: body as ReturnType<WireRow['answer']>['body'],
      }),
    }),
  );
  const isOwn = (at: WireRow['at'], cause: WireRow['causes'][number]) =>
    own.some((row) => row.at === at && row.causes.includes(cause));
  const left = wire.flatMap((row) => {
    const causes = row.causes.filter((cause) => !isOwn(row.at, cause));
    return causes.length === 0 ? [] : [{ ...row, causes }];
  });
  return [...own, ...left];
}
