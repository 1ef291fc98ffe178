// The app: every five minutes each tab saves a note, and in the end it says whether all of them were saved.

const { world, tab } = globalThis.hour4;
const status = document.querySelector('#status');

/** Saves notes until the job is over; `session(account)` gives a token, or none when the user must sign in again. */
export async function keepNotes(session) {
  const [account] = world.accounts;
  const { everyMs } = world.job;
  const { token } = session(account);
  let saved = 0;
  let signedOut = false;
  for (let at = Date.parse(world.start) + everyMs; at <= Date.parse(world.until); at += everyMs) {
    await until(at);
    signedOut ||= !(await save(account, `tab ${tab} at ${new Date(at).toISOString()}`, token));
    if (!signedOut) saved += 1;
    status.textContent = `${saved} saved${signedOut ? ', then signed out' : ''}`;
  }
  const skipped = signedOut ? [{ account: account.id, reason: 'signed out' }] : [];
  console.log(
    JSON.stringify({ status: signedOut ? 'partial' : 'completed', counts: { rows: saved }, skipped }),
  );
}

async function save({ apiUrl }, name, token) {
  for (const again of [false, true]) {
    const access = await token(again);
    if (access === null) return false;
    const headers = { authorization: `Bearer ${access}`, 'content-type': 'application/json' };
    const answer = await fetch(`${apiUrl}/v1/items`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ name }),
    });
    if (answer.ok) return true;
    if (answer.status !== 401) return false;
  }
  return false;
}

const until = (at) => new Promise((resolve) => setTimeout(resolve, at - Date.now()));
