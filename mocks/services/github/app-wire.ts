// GitHub's words to an app that speaks in its own name: about its JWT, and about the installation that it asks for.

import type { WireRow } from '../../service.ts';
import { apiError } from './answers.ts';

const ROUTES = ['app', 'app.installations', 'app.installation', 'app.token'];
const TEXTS = 'octokit auth-app 8.3.1, which looks for these words; bodies in many issues';
const MINUTE_MS = 60_000;

/** What the app's own routes say. */
export const APP_WIRE: readonly WireRow[] = [
  {
    id: 'jwt-undecodable',
    at: 'resource',
    routes: ROUTES,
    causes: ['no-token', 'unknown-token', 'wrong-secret'],
    produce: [{ assert: 'own', as: 'wrong-secret' }],
    source: 'bodies in many issues',
    sureness: 'observed',
    answer: () => apiError(401, 'A JSON web token could not be decoded'),
  },
  {
    id: 'jwt-from-future',
    at: 'resource',
    routes: ROUTES,
    causes: ['assertion-from-future'],
    produce: [{ assert: 'own', fromMs: MINUTE_MS }],
    source: TEXTS,
    sureness: 'observed',
    answer: () =>
      apiError(
        401,
        "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
      ),
  },
  {
    id: 'jwt-too-long',
    at: 'resource',
    routes: ROUTES,
    causes: ['assertion-too-long'],
    produce: [{ assert: 'own', untilMs: 11 * MINUTE_MS }],
    source: TEXTS,
    sureness: 'observed',
    answer: () => apiError(401, "'Expiration time' claim ('exp') is too far in the future"),
  },
  {
    id: 'jwt-expired',
    at: 'resource',
    routes: ROUTES,
    causes: ['assertion-expired'],
    produce: [{ assert: 'own', fromMs: -2 * MINUTE_MS, untilMs: -MINUTE_MS }],
    source: TEXTS,
    sureness: 'observed',
    answer: () =>
      apiError(
        401,
        "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
      ),
  },
  {
    id: 'app-unknown',
    at: 'resource',
    routes: ROUTES,
    causes: ['unknown-client', 'client-deleted'],
    produce: [{ act: 'delete-client' }, { assert: 'own' }],
    source: 'common experience, in no document',
    sureness: 'assumed',
    answer: () => apiError(404, 'Integration not found'),
  },
  {
    id: 'installation-gone',
    at: 'resource',
    routes: ROUTES,
    causes: [
      'not-found',
      'revoked-by-user',
      'revoked-by-admin',
      'revoked-by-client',
      'account-deleted',
      'consent-withdrawn',
    ],
    produce: [{ act: 'revoke' }, { assert: 'own' }],
    source: 'docs.github.com/rest/apps: 404 for an installation that was deleted, or is not of this app',
    sureness: 'documented',
    answer: () => apiError(404, 'Not Found', { page: 'rest/apps/apps' }),
  },
  {
    id: 'permissions-exceed',
    at: 'resource',
    routes: ROUTES,
    causes: ['scope-exceeds'],
    produce: [{ assert: 'own', body: { permissions: { administration: 'write' } } }],
    source: 'bodies quoted in public issue threads',
    sureness: 'observed',
    answer: () => apiError(422, 'The permissions requested are not granted to this installation.'),
  },
];
