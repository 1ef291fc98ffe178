// What a person does who is sent to a page of consent: data, for stories to say it.

/** How a person behaves at the page; what is not said they do as they should. */
export interface Conduct {
  /** Who signs in, where that is somebody else than the owner of the account: the owner of this one. */
  readonly as?: string;
  /** Scopes that the person does not give. */
  readonly without?: readonly string[];
  /** Whether the person turns back at the page of consent. */
  readonly cancels?: true;
}

/** One visit: where it begins, where it ends, and what is done in between. */
export interface Visit extends Conduct {
  readonly url: string;
  /** Where the browser is sent back to. */
  readonly redirectUri: string;
  /** The account whose owner is asked. */
  readonly account: string;
}

/** Somebody with a browser. */
export interface Person {
  /** Goes through a visit, and returns the URL at which it ended. */
  visit(visit: Visit, proxy: string): Promise<string>;
  close(): Promise<void>;
}
