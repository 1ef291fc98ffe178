// Client id metadata documents: a client whose id is the URL of a document about it need not register.

/**
 * Whether an id is such a URL: https, with a path, and nothing that would hide or move it. The document itself is not
 * fetched, as the mock never leaves the machine.
 */
export function isDocumentUrl(clientId: string): boolean {
  if (!URL.canParse(clientId)) return false;
  const { protocol, pathname, username, password, hash } = new URL(clientId);
  return protocol === 'https:' && pathname !== '/' && `${username}${password}${hash}` === '';
}
