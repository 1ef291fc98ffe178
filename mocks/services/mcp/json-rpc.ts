// JSON-RPC 2.0 over HTTP: what a body says, and how a result or an error goes back.

import { type Answer, isJsonObject, type Json, type JsonObject, json, parseJsonObject } from '../../http.ts';

/** A request that wants a result. */
export interface RpcRequest {
  readonly id: string | number;
  readonly method: string;
  readonly params: JsonObject;
}

/** Why a message is answered with an error, and with which status. */
export interface Problem {
  readonly status: number;
  readonly code: number;
  readonly message: string;
  readonly data?: Json;
}

/** What a body holds: a request, a notification or response that is only taken note of, or something wrong. */
export type Message =
  | { readonly request: RpcRequest }
  | { readonly noted: true }
  | { readonly problem: Problem };

/** Reads the message in a body. */
export function readMessage(body: string): Message {
  const message = parseJsonObject(body);
  if (message === null) return wrong(-32700, 'Parse error');
  const { jsonrpc, id, method, params = {} } = message;
  if (jsonrpc !== '2.0') return wrong(-32600, 'Invalid Request');
  if (method === undefined)
    return 'result' in message || 'error' in message ? { noted: true } : wrong(-32600, 'Invalid Request');
  if (typeof method !== 'string' || !isJsonObject(params)) return wrong(-32600, 'Invalid Request');
  if (id === undefined) return { noted: true };
  return typeof id === 'string' || typeof id === 'number'
    ? { request: { id, method, params } }
    : wrong(-32600, 'Invalid Request');
}

/** The answer that carries a result. */
export const resultAnswer = (id: RpcRequest['id'], result: JsonObject): Answer =>
  json(200, { jsonrpc: '2.0', id, result });

/** The answer that carries an error; `id` null where the request's could not be read. */
export const errorAnswer = (id: RpcRequest['id'] | null, { status, code, message, data }: Problem): Answer =>
  json(status, { jsonrpc: '2.0', id, error: { code, message, ...(data === undefined ? {} : { data }) } });

/** The id of the request in a body, if there is one. */
export function idIn(body: string): RpcRequest['id'] | null {
  const message = readMessage(body);
  return 'request' in message ? message.request.id : null;
}

const wrong = (code: number, message: string): Message => ({ problem: { status: 400, code, message } });
