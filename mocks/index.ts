/**
 * The mock services, usable alone: no clock, no socket, no runner.
 * @module
 */

export type { Account } from './account.ts';
export { ACT_NAMES, type Act, type ActName } from './acts.ts';
export { type AnswerShape, shaped } from './answer-shape.ts';
export { type ErrorRow, errorRows } from './error-rows.ts';
export type { Endpoint, Exchange, Identified } from './exchange.ts';
export { type FetchHandler, type FetchOptions, fetchHandler } from './fetch.ts';
export type { Answer, Json, JsonObject, Request } from './http.ts';
export {
  type AccessLifetime,
  FOREVER_MS,
  neverExpiring,
  type Policy,
  type RefreshLifetime,
} from './policy.ts';
export { tokenReader } from './presented-token.ts';
export { type ConnectRequest, createProvider, type Provider, type ProviderOptions } from './provider.ts';
export { type Randomness, seededRandomness } from './randomness.ts';
export { isAuthFailure, isTerminalForGrant, REFUSALS, type Refusal, type Remedy } from './refusals.ts';
export type { Fact, Route, Service, Sureness, Variant, WireRow } from './service.ts';
export { SERVICES } from './services/index.ts';
export { forged, type Happened, type Webhook, type Webhooks } from './webhook.ts';
