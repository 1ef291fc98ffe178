// What a mocked service is: a table of knobs, a table of wire answers, its routes, and the little data cannot say.

import type { ActOverrides } from './acts.ts';
import type { Back } from './back.ts';
import type { Spending } from './bucket.ts';
import type { AccessToken, RefreshToken } from './grant.ts';
import type { Answer, JsonObject, Request } from './http.ts';
import type { Reading } from './meter.ts';
import type { Policy } from './policy.ts';
import type { Step } from './produce.ts';
import type { Credential, Doubt, ProofAsked } from './proof.ts';
import type { Randomness } from './randomness.ts';
import type { Refusal } from './refusals.ts';
import type { Collections } from './store.ts';
import type { TokenDesk } from './token-desk.ts';
import type { Webhooks } from './webhook.ts';

/** How sure a fact about a real service is. */
export type Sureness = 'documented' | 'observed' | 'assumed';

/** A fact about a real service, with where it comes from. */
export interface Fact {
  readonly source: string;
  readonly sureness: Sureness;
}

/** One row of the wire table: what the service says for these causes at this kind of endpoint. */
export interface WireRow extends Fact {
  /** Unique within the service; what `list services` and the generated docs print. */
  readonly id: string;
  readonly at: 'token' | 'resource' | 'revoke' | 'authorize';
  /** The only routes that say it, before the rows that hold everywhere; absent = any route. */
  readonly routes?: readonly string[];
  readonly causes: readonly Refusal[];
  /** What makes the service say it: the contract test follows this and must meet this row at the last step. */
  readonly produce: readonly Step[];
  /** Further recipes, after which it says the same in other words. */
  readonly further?: readonly (readonly Step[])[];
  /** The variant in which the recipe works, for a row that the service's own policy never reaches. */
  readonly under?: string;
  answer(refused: Refused): Answer;
}

/** What a wire row may look at. Truth that the real service would not tell must not leak into the answer. */
export interface Refused {
  readonly cause: Refusal;
  readonly nowMs: number;
  readonly request: Request;
  readonly route: Route | null;
  /** The access token that was refused, where the server knows it. */
  readonly token: AccessToken | null;
  /** The refresh token that was refused, where the server knows it. */
  readonly refreshToken: RefreshToken | null;
  /** The scopes the route would have accepted. */
  readonly needsOneOf: readonly string[];
  /** What the handler said, for refusals that a route raises by itself. */
  readonly detail: string | null;
  /** The vendor's own code for what the handler said, where one cause has several. */
  readonly code: string | null;
  readonly randomness: Randomness;
  /** The calls of the tenant in the present window, or the equal token requests; null where nobody counted. */
  readonly reading: Reading | null;
  /** A key that is different for each exchange, for request ids and the like. */
  readonly key: string;
  /** The service's own base URL, as the subject reaches it. */
  readonly origin: string;
}

/** What an access token's value may tell of it, for services whose tokens can be read. */
export interface Minted {
  readonly issuedAtMs: number;
  /** Null = it never expires. */
  readonly expiresAtMs: number | null;
  readonly scopes: readonly string[];
  readonly clientId: string;
  /** Whether it is of the second grant of a consent; absent = no. */
  readonly beside?: true;
}

/** A token answer's pair. */
export interface GrantedPair {
  readonly access: { readonly value: string; readonly token: AccessToken };
  readonly refresh: { readonly value: string; readonly token: RefreshToken } | null;
  /** Seconds until the access token's stated end; null where it never expires. */
  readonly expiresIn: number | null;
  readonly scopes: readonly string[];
}

/** What a token answer may look at. */
export interface Granted extends GrantedPair {
  readonly via: 'authorization_code' | 'refresh_token' | 'extension';
  readonly nowMs: number;
  readonly request: Request;
  /** What the request said, in its body or, where the service reads that too, in its query. */
  readonly fields: Readonly<Record<string, string>>;
  readonly client: { readonly id: string; readonly secret: string | null };
  readonly rotated: boolean;
  /** What the second grant of the same consent brings; absent where there is none. */
  readonly beside?: GrantedPair;
  /** Seconds until the refresh token dies if nobody uses it; null where it never does, or where there is none. */
  readonly refreshExpiresIn: number | null;
  /** When the consent was given on which the tokens rest. */
  readonly consentedAtMs: number;
  readonly account: AccountIdentity;
  /** The service's own base URL, as the subject reaches it. */
  readonly origin: string;
  readonly randomness: Randomness;
  readonly key: string;
}

/** Whose grant it is. */
export interface AccountIdentity {
  readonly id: string;
  readonly tenant: string;
}

/** One resource call that the engine has allowed. */
export interface Call {
  readonly request: Request;
  /** The values of the `{names}` in the route's path, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly nowMs: number;
  readonly account: AccountIdentity;
  readonly scopes: readonly string[];
  readonly origin: string;
  /** The collections of the account's tenant. Handlers read and change them. */
  readonly data: Collections;
  /** Whether another tenant holds this object: some services then say "forbidden" instead of "not found". */
  heldElsewhere(collection: string, id: string): boolean;
  /** What the authorization server knows of tokens, for introspection and the like. */
  readonly tokens: TokenDesk;
  /** Spends a share of one of the policy's buckets: the tenant's, or that of `who`; a negative amount gives back. */
  spend(bucket: string, amount: number, who?: string): Spending;
  readonly randomness: Randomness;
  readonly key: string;
}

/** What the authorization server knows of one token. */
export interface TokenView {
  readonly kind: 'access' | 'refresh';
  readonly live: boolean;
  /** Why it would be refused now; null while it lives. */
  readonly refusal: Refusal | null;
  readonly issuedAtMs: number;
  readonly expiresAtMs: number | null;
  readonly scopes: readonly string[];
  readonly clientId: string;
  readonly account: AccountIdentity;
}

/** What the headers of a resource answer may look at. */
export interface ResourceAnswer {
  readonly nowMs: number;
  readonly route: Route | null;
  /** The calls of this tenant in the present window, this one included; null where no token let it in. */
  readonly calls: number | null;
  /** When the present window closes; null where no token let the call in. */
  readonly resetsAtMs: number | null;
  /** The calls that the running policy allows a tenant in a window; null = it has no limit. */
  readonly callsPerWindow: number | null;
  /** The scopes of the token that was presented; null where the server does not know it. */
  readonly scopes: readonly string[] | null;
}

/** One thing that a call wrote: only what the caller supplied, never ids or times that the server made up. */
export interface Write {
  /** Where: a collection, a sheet, an object's path. */
  readonly place: string;
  readonly cells: Readonly<Record<string, string>>;
}

/** What a route's handler says. */
export type Handled =
  | {
      readonly answer: Answer;
      readonly writes?: readonly Write[];
      /** Whose account it was about, where no bearer token says so. */
      readonly account?: AccountIdentity;
    }
  | { readonly refused: Refusal; readonly detail?: string; readonly code?: string };

/** One route of the resource server. */
export interface Route {
  /** Unique within the service, e.g. `deals.search`. */
  readonly id: string;
  readonly method: string;
  /** The path, with `{name}` for one segment's variable part, and `{name+}` for all that is left. */
  readonly path: string;
  /** Whether a request of this method and path is for this route, where a field or a header tells; absent = it is. */
  when?(request: Request): boolean;
  /** `none` for routes that need no bearer token, such as introspection; their call has a nameless account. */
  readonly auth?: 'bearer' | 'none';
  /** Any one of these scopes suffices; empty = any live token. */
  readonly needsOneOf: readonly string[];
  /** `write` for calls that change what others see; the ledger's sinks come from these. */
  readonly effect: 'read' | 'write';
  /** For a route in the token endpoint's place, and recorded as it: the installation, or account id, asked for. */
  readonly issuesFor?: (request: Request, params: Readonly<Record<string, string>>) => string | null;
  handle(call: Call): Handled;
}

/**
 * A grant of another type at the token endpoint (RFC 6749 section 4.5): whose token the request earns, or why none.
 * It sees to the client itself, as an assertion may be all that proves who asks: `tokens.refusalOfClient(request)`.
 */
export type ExtensionGrant = (asked: {
  readonly request: Request;
  readonly fields: Readonly<Record<string, string>>;
  readonly nowMs: number;
  readonly origin: string;
  readonly randomness: Randomness;
  readonly tokens: TokenDesk;
}) =>
  | {
      readonly account: AccountIdentity;
      readonly scopes: readonly string[] | null;
      /** Whether a refresh token comes with it, where the policy has any; absent = no. */
      readonly offline?: true;
      /** Whether it ends the account's access tokens from before; absent = no. */
      readonly replaces?: true;
    }
  | { readonly refused: Refusal; readonly detail?: string };

/** What an authorization request asks for, beyond what RFC 6749 already settles. */
export interface Consent {
  readonly query: Readonly<Record<string, string>>;
  readonly scopes: readonly string[];
  /** Whether no earlier consent of this account to this client still stands. */
  readonly first: boolean;
}

/** A refresh whose client and token are known. */
export interface RefreshAsked {
  readonly request: Request;
  readonly fields: Readonly<Record<string, string>>;
  readonly account: AccountIdentity;
  /** All that the account granted. */
  readonly granted: readonly string[];
  /** Every account of the service, the oldest first. */
  readonly accounts: readonly AccountIdentity[];
}

/** What a service makes of a refresh; `scopes` null = all that was granted. */
export type RefreshRead =
  | { readonly scopes: readonly string[] | null }
  | { readonly refused: Refusal; readonly detail?: string };

/** Why a service refuses a request, beyond what RFC 6749 settles, and the error code with which it says so. */
export interface Objection {
  readonly refused: Refusal;
  readonly error: string;
}

/** A deviation from the default service that reality, or one of the field's documents, offers. */
export interface Variant {
  readonly title: string;
  /** Whether real services do this, or a widespread claim says so against the facts. */
  readonly status: 'real' | 'claimed';
  readonly source: string;
  /** The service with the variant in force. */
  apply(service: Service): Service;
}

/** A mocked service: its authorization server and its resource server together. */
export interface Service {
  readonly id: string;
  readonly title: string;
  /** The hosts under which the real service answers. */
  readonly hosts: readonly string[];
  readonly policy: Policy;
  /** The facts behind the policy's knobs, one by one. */
  readonly facts: readonly (Fact & { readonly about: string; readonly says: string })[];
  /** What a new account is granted when nothing else is asked for. */
  readonly scopes: readonly string[];
  readonly endpoints: {
    /**
     * Every path at which the token endpoint answers; the first is the one told to subjects. One with
     * `{installation}` in it is a route, at which an app asks for tokens of one installation.
     */
    readonly token: readonly [string, ...string[]];
    readonly revoke: readonly string[];
    readonly authorize: readonly string[];
  };
  /** Where each tenant has a host of its own: what stands in the place of `{tenant}` there. Such a host knows its tenant's tokens only. */
  readonly tenantHost?: string;
  /** The path of the endpoint that is meant, for services whose paths name a tenant; null = it is as it stands. */
  endpointPath?(path: string): string | null;
  /** Why there is no endpoint at a path that looks like one, such as one that names no tenant; null = there is. */
  endpointRefusal?(path: string, accounts: readonly AccountIdentity[]): Doubt | null;
  /** What the service makes of a refresh before it is carried out: the scopes it asks for, or a refusal of its own. */
  readRefresh?(asked: RefreshAsked): RefreshRead;
  readonly tokenRequest: {
    readonly encoding: 'form' | 'json';
    /** How a client shows who it is, the preferred way first. */
    readonly clientAuth: readonly ('body' | 'basic' | 'none')[];
    /** Paths at which fields in the query string do not count, as RFC 6749 section 2.3.1 wants it. */
    readonly bodyOnly?: readonly string[];
    /** What the endpoint takes in no other way than that; absent = nothing, for facts that are silent make no refusal. */
    readonly insistsOn?: readonly ('encoding' | 'clientAuth')[];
  };
  /**
   * Reads the token that a call carries; absent = `Authorization: Bearer`. Put one together from the readers in
   * `presented-token.ts`.
   */
  presentedToken?(request: Request): string | null;
  /** How subjects are told to carry the token, as `Account.authorization` says it; absent = `Bearer {token}`. */
  readonly authorization?: string;
  /** The lifetime that a token request with these fields asks for; null = none. `policy.askedTtl` bounds it. */
  askedTtlMs?(fields: Readonly<Record<string, string>>): number | null;
  /** The same for the refresh token that comes with it; `policy.askedRefreshTtl` bounds it. */
  askedRefreshTtlMs?(fields: Readonly<Record<string, string>>): number | null;
  /** Grants beyond the two of RFC 6749 that an agent refreshes by, under their `grant_type`. */
  readonly extensionGrants?: Readonly<Record<string, ExtensionGrant>>;
  /** Parameters of authorization requests that callers may leave unsaid, and what they then are. */
  readonly implied?: Readonly<Record<string, string>>;
  /** The `grant_type` of a token request that names none; absent = it has to. */
  readonly impliedGrantType?: string;
  /** The parameter in which authorization requests name the scopes, where it is not `scope`. */
  readonly scopeParameter?: string;
  /** The scopes of a second grant that the same consent gives, such as a person's beside a bot's; null = there is none. */
  besideScopes?(query: Readonly<Record<string, string>>): readonly string[] | null;
  /** Whether token answers state the access token's lifetime. */
  readonly statesLifetime: boolean;
  /** Whether this authorization request earns a refresh token. */
  earnsRefreshToken(consent: Consent): boolean;
  /** Whether a client that never registered is known by its id alone; it is a public one then. */
  knowsUnregistered?(clientId: string): boolean;
  /** Whether the exchange of a code need not repeat the redirect_uri; one that is said must still be the same. */
  readonly mayOmitRedirectUri?: true;
  /** Whether a client with a secret need not show it for a code that PKCE binds to it, nor for the grant that comes of it. */
  readonly secretOptionalWithPkce?: true;
  /** The secret that a request shows, where a client's secret alone says which client it is; null = it shows none. */
  clientKey?(request: Request, fields: Readonly<Record<string, string>>): string | null;
  /** Whether nobody may revoke a token without the client's credentials (RFC 7009 section 2.1). */
  readonly revocationNeedsClient?: true;
  /** What a new consent must ask for, beyond RFC 6749, to be as good as the first one. */
  readonly reauthQuery?: Readonly<Record<string, string>>;
  /** What the service holds against an authorization or token request of a known client; null = nothing. */
  objection?(
    to: 'authorize' | 'token',
    fields: Readonly<Record<string, string>>,
    origin: string,
  ): Objection | null;
  /** Fields that the service adds to those with which it sends the browser back. */
  redirectFields?(back: Back): Readonly<Record<string, string>>;
  /** What it tells its subscribers when grants end; absent where it says nothing. */
  readonly webhooks?: Webhooks;
  /** The acts that this service takes in a way of its own. */
  readonly acts?: ActOverrides;
  /** What the client is called; absent = a name with some random digits. */
  clientId?(randomness: Randomness): string;
  /** The client of an account, where each has one of its own, all with the same secret; absent = one for all. */
  clientIdOf?(account: AccountIdentity): string;
  /** What the client proves itself with, where that is no password; told to subjects as the client's secret. */
  clientSecret?(randomness: Randomness): string;
  /** The installation that an account is, where the service has such. */
  installationOf?(account: AccountIdentity): string;
  /** How recipes put a token, or the client's own credentials, on a request; absent = as `authorization` says. */
  present?(request: Request, by: Credential, nowMs: number): Request;
  /** What a call lacks beside its token, such as a good signature; null = nothing. Asked before the token is. */
  proofRefusal?(asked: ProofAsked): Doubt | null;
  /** The parts of an access token's value that must not be told to others; absent = all of it. */
  secretParts?(accessToken: string): readonly string[];
  /** What token values look like; each must be unique and hard to guess. */
  mintAccess(randomness: Randomness, key: string, account: AccountIdentity, minted: Minted): string;
  mintRefresh(randomness: Randomness, key: string, account: AccountIdentity): string;
  /** What a new token is told with. Refreshes come in herds, and each spread in an object shows in what one costs. */
  tokenAnswer(granted: Granted): Answer;
  revokeAnswer(revoked: Pick<Granted, 'nowMs' | 'randomness' | 'key'>): Answer;
  readonly wire: readonly WireRow[];
  /** What a route answers that the service does not model: a loud failure, or a collection at its path; absent = `fail`. */
  readonly unmodelled?: 'fail' | 'crud';
  readonly routes: readonly Route[];
  /** The window in which the service counts a tenant's calls; a day where nothing is said. */
  readonly usageWindowMs?: number;
  /** As what a route's calls are counted, where not all are counted as one; null = neither counted nor limited. */
  countedAs?(route: Route): string | null;
  /** Headers on every answer of the resource server. */
  resourceHeaders?(call: ResourceAnswer): Readonly<Record<string, string>>;
  /** The collections of a tenant in which nothing was seeded, so that the routes have something to answer. */
  seed(tenant: string): Readonly<Record<string, readonly JsonObject[]>>;
  /** The field that identifies an object, by collection, `*` for all others; `id` where nothing is said. */
  readonly idFields?: Readonly<Record<string, string>>;
  readonly variants: Readonly<Record<string, Variant>>;
  /** The only knobs that a config may turn, where the service is more than a model; absent = all. */
  readonly knobs?: readonly string[];
}
