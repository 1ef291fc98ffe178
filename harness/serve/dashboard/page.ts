// The page of `hour4 serve`: its frame, which the scripts in `browser/` fill. What it needs comes from where it came from.

/** The page. */
export const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>hour4 serve</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="dashboard/style.css">
<script type="module" src="dashboard/main.js"></script>
</head>
<body>
<header>
  <h1>hour4 serve</h1>
  <p id="connection" class="quiet" role="status">asking what there is ...</p>
</header>
<main>
  <section id="clock" aria-labelledby="clock-title">
    <h2 id="clock-title">Clock</h2>
    <p><time id="now"></time> <span id="pace" class="quiet"></span></p>
    <div class="row">
      <button type="button" data-advance="30m">+30 min</button>
      <button type="button" data-advance="1h">+1 h</button>
      <button type="button" id="next-due">to what is due next</button>
      <form id="advance">
        <label>Advance by <input name="advance" size="8" value="5m" autocomplete="off" spellcheck="false"></label>
        <button>Advance</button>
      </form>
      <form id="rate">
        <label>Rate <input name="rate" size="6" inputmode="decimal" autocomplete="off"></label>
        <button>Set</button>
      </form>
      <button type="button" id="reset" class="grave">Begin anew</button>
    </div>
    <p class="problem" role="alert"></p>
  </section>
  <section aria-labelledby="accounts-title">
    <h2 id="accounts-title">Accounts</h2>
    <form id="connect" class="row">
      <label>Service <select name="service"></select></label>
      <label>Tenant <input name="tenant" size="10" value="acme" autocomplete="off" spellcheck="false"></label>
      <button>Connect</button>
    </form>
    <p id="connect-problem" class="problem" role="alert"></p>
    <p id="no-accounts" class="quiet">Nobody is connected yet.</p>
    <div id="accounts"></div>
  </section>
  <section aria-labelledby="rules-title">
    <h2 id="rules-title">Faults and gates</h2>
    <p id="no-rules" class="quiet">None is in force.</p>
    <ul id="faults" class="rules"></ul>
    <ul id="gates" class="rules"></ul>
    <p id="rules-problem" class="problem" role="alert"></p>
  </section>
  <section aria-labelledby="ledger-title">
    <h2 id="ledger-title">Ledger</h2>
    <div id="ledger" role="log" aria-labelledby="ledger-title" tabindex="0"></div>
  </section>
  <section aria-labelledby="services-title">
    <h2 id="services-title">Services</h2>
    <ul id="services"></ul>
  </section>
</main>
</body>
</html>
`;
