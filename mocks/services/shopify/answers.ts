// The shapes in which Shopify refuses: one string at the Admin API, an error and its description at the token endpoint.

import { type Answer, type Json, type JsonObject, json } from '../../http.ts';

/** A refusal of the Admin API over REST. */
export const apiError = (
  status: number,
  errors: Json,
  headers: Readonly<Record<string, string>> = {},
): Answer => json(status, { errors }, headers);

/** A refusal of the OAuth endpoints. */
export const oauthError = (status: number, error: string, description: string): Answer =>
  json(status, { error, error_description: description });

/** A refusal of the Admin API over GraphQL: always a 200. */
export const graphqlErrors = (errors: readonly JsonObject[], more: JsonObject = {}): Answer =>
  json(200, { errors, ...more });
