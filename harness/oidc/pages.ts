// The pages that a person meets at the provider: plain forms, which need no script and load nothing.

/** Escapes a text for HTML. */
const safe = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { display: grid; min-height: 100vh; margin: 0; place-items: center; background: Canvas; color: CanvasText; }
main { box-sizing: border-box; width: min(26rem, 100vw); padding: 2rem; border: 1px solid color-mix(in srgb, CanvasText 20%, transparent); border-radius: .75rem; }
h1 { margin: 0 0 1rem; font-size: 1.35rem; line-height: 1.3; }
p { margin: 0 0 1rem; }
label { display: block; margin: 0 0 .75rem; }
label.scope { display: flex; gap: .5rem; align-items: baseline; }
input:not([type=checkbox]) { box-sizing: border-box; width: 100%; padding: .5rem; font: inherit; }
.buttons { display: flex; gap: .75rem; margin-top: 1.25rem; }
button { padding: .5rem 1.25rem; border: 1px solid #1a56b0; border-radius: .4rem; background: none; color: inherit; font: inherit; cursor: pointer; }
button[value=allow] { background: #1a56b0; color: #fff; }
.problem { color: light-dark(#a30000, #ff9a9a); }
.note { margin: 1.25rem 0 0; font-size: .85rem; opacity: .8; }`;

const page = (title: string, content: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<title>${safe(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${safe(title)}</h1>
${content}
</main>
</body>
</html>
`;

/** Where somebody says who they are. */
export function loginPage(action: string, problem: string | null): string {
  return page(
    'Sign in',
    `<form method="post" action="${safe(action)}">
${problem === null ? '' : `<p class="problem" role="alert">${safe(problem)}</p>`}
<label>Account <input name="account" autocomplete="username" required autofocus></label>
<label>Password <input name="password" type="password" autocomplete="current-password" required></label>
<div class="buttons">
<button name="do" value="allow">Sign in</button>
<button name="do" value="cancel" formnovalidate>Cancel</button>
</div>
</form>
<p class="note">A server of hour4. The account is an id such as <code>acme-oidc</code>; its password is the id, then <code>-password</code>.</p>`,
  );
}

/** Where somebody says what a client may do, scope by scope. */
export function consentPage(
  action: string,
  asked: { readonly account: string; readonly client: string; readonly scopes: readonly string[] },
): string {
  const scope = (name: string) =>
    `<label class="scope"><input type="checkbox" name="scope" value="${safe(name)}" checked> ${safe(name)}</label>`;
  return page(
    `${asked.client} asks for your consent`,
    `<form method="post" action="${safe(action)}">
<p>You are signed in as <strong>${safe(asked.account)}</strong>. Until you take that back, it may:</p>
${asked.scopes.map(scope).join('\n')}
<div class="buttons">
<button name="do" value="allow">Allow</button>
<button name="do" value="cancel">Cancel</button>
</div>
</form>`,
  );
}

/** Where somebody ends up who comes too late, or with another browser. */
export const lostPage = (why: string): string => page('This page is no longer valid', `<p>${safe(why)}</p>`);

/** The password of a person. Nothing is kept secret by it. */
export const passwordOf = (account: string): string => `${account}-password`;
