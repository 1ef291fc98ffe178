// The three ways in which a call can fail, because each has its own way out.

/** It passes by itself: the same work is tried again later. */
export class Unavailable extends Error {}

/** The service will not do this for us, however often we ask. */
export class Refused extends Error {}

/** The grant is over: only its owner can give a new one. */
export class GrantEnded extends Error {}
