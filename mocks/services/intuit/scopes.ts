// The scopes of the two APIs that the mock knows.

/** Opens a company's books. */
export const ACCOUNTING = 'com.intuit.quickbooks.accounting';
/** Opens payments; few apps have it. */
export const PAYMENT = 'com.intuit.quickbooks.payment';
