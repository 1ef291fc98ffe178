// The app: every five minutes each tab saves a note, and in the end says which ones it could not save.

const { world, tab } = globalThis.hour4;
const status = document.querySelector('#status');

/** Saves notes until the job is over; `session(account)` gives a token, or none when the user must sign in again. */
export async function keepNotes(session) {
  const [account] = world.accounts;
  const { everyMs } = world.job;
  const { token } = session(account);
  const skipped = [];
  let saved = 0;
  for (let at = Date.parse(world.start) + everyMs; at <= Date.parse(world.until); at += everyMs) {
    await until(at);
    const note = `tab ${tab} at ${new Date(at).toISOString()}`;
    if (await save(account, note, token)) saved += 1;
    else skipped.push({ account: account.id, item: note, reason: 'signed out' });
    status.textContent = `${saved} saved, ${skipped.length} not`;
  }
  console.log(JSON.stringify({ status: skipped.length === 0 ? 'completed' : 'partial', counts: { rows: saved }, skipped }));
}

async function save({ apiUrl }, name, token) {
  for (const again of [false, true]) {
    const access = await token(again);
    if (access === null) return false;
    const headers = { authorization: `Bearer ${access}`, 'content-type': 'application/json' };
    const answer = await fetch(`${apiUrl}/v1/items`, { method: 'POST', headers, body: JSON.stringify({ name }) });
    if (answer.ok) return true;
    if (answer.status !== 401) return false;
  }
  return false;
}

const until = (at) => new Promise((resolve) => setTimeout(resolve, at - Date.now()));
