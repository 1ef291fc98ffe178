// What can be said of a request before anything is changed: its endpoint, its route, and whose token it carries.

import type { Authority, TokenRecord } from './authority.ts';
import type { Endpoint, Identified } from './exchange.ts';
import type { Request } from './http.ts';
import { presentedToken } from './presented-token.ts';
import type { Running } from './running.ts';
import type { Service } from './service.ts';
import { tokenFields } from './token-request.ts';

const NONE = {};

/** Identifies a request. */
export function identify(running: Running, request: Request): Identified {
  const { service, authority, accounts, route } = running;
  const endpoint = running.endpoint(request);
  if (endpoint === 'token' || endpoint === 'revoke') {
    const fields = tokenFields(service, request);
    const value = endpoint === 'token' ? fields.refresh_token : fields.token;
    const held = presented(authority, value ?? null, 'refresh');
    return { endpoint, route: endpoint, effect: 'write', fields, ...held };
  }
  if (endpoint === 'authorize')
    return { endpoint, route: endpoint, effect: 'write', fields: NONE, account: null, token: null };
  const match = route(request);
  if (match?.route.issuesFor !== undefined) {
    const installation = match.route.issuesFor(request, match.params);
    const account = accounts.find(
      (one) => one.id === installation || service.installationOf?.(one) === installation,
    );
    const { id, effect } = match.route;
    const fields = tokenFields(service, request);
    return { endpoint: 'token', route: id, effect, fields, account: account?.id ?? null, token: null };
  }
  return {
    endpoint,
    route: match?.route.id ?? 'unmodelled',
    effect: match?.route.effect ?? (request.method === 'GET' ? 'read' : 'write'),
    fields: NONE,
    ...presented(authority, match?.route.auth === 'none' ? null : presentedToken(service, request), 'access'),
  };
}

/** Looks at a service once, and then tells to which part of it a request goes. */
export function createEndpoints(service: Service): (request: Request) => Endpoint {
  const { token, revoke, authorize } = service.endpoints;
  const isRoute = (path: string) => service.routes.some((route) => route.issuesFor && route.path === path);
  const tokenPaths = token.filter((path) => !isRoute(path));
  return ({ method, path: given }) => {
    const path = service.endpointPath?.(given) ?? given;
    if (method === 'POST' && tokenPaths.includes(path)) return 'token';
    if (revoke.includes(path) && (method === 'POST' || method === 'GET')) return 'revoke';
    if (method === 'GET' && authorize.includes(path)) return 'authorize';
    return 'resource';
  };
}

function presented(
  authority: Authority,
  value: string | null,
  likely: TokenRecord['kind'],
): Pick<Identified, 'account' | 'token'> {
  if (value === null) return { account: null, token: null };
  const record = authority.token(value, likely);
  return record === null
    ? { account: null, token: 'unminted' }
    : { account: record.account.id, token: record.id };
}
