// The shapes in which Atlassian refuses: OAuth's at the token endpoint, the gateway's, and Jira's own behind it.

import { type Answer, type JsonObject, json } from '../../http.ts';

/** A refusal of the token endpoint. */
export const oauthError = (status: number, error: string, description: string): Answer =>
  json(status, { error, error_description: description });

/** A refusal of the gateway at api.atlassian.com, before Jira has seen the call. */
export const gatewayError = (status: number, message: string): Answer =>
  json(status, { code: status, message });

/** A refusal of Jira. */
export const jiraError = (status: number, messages: readonly string[], errors: JsonObject = {}): Answer =>
  json(status, { errorMessages: messages, errors });
