// The shapes in which Auth0 refuses: RFC 6749 with statuses of its own, the Management API's, pages for people.

import { type Answer, json } from '../../http.ts';

/** A refusal of the OAuth endpoints. */
export const oauthError = (
  status: number,
  error: string,
  description: string,
  more: Readonly<Record<string, string>> = {},
): Answer =>
  json(status, { error, error_description: description, ...more }, { 'cache-control': 'no-store' });

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  429: 'Too Many Requests',
};

/** A refusal of the Management API. */
export const apiError = (status: number, message: string, errorCode?: string): Answer =>
  json(status, {
    statusCode: status,
    error: REASONS[status] ?? '',
    message,
    ...(errorCode === undefined ? { attributes: { error: message } } : { errorCode }),
  });

/** A page for the person who is asked to sign in. */
export const page = (status: number, title: string): Answer => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: `<!DOCTYPE html><title>${title}</title><h1>Oops!, something went wrong</h1><p>${title}</p>`,
});
