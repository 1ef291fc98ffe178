// How the page of `hour4 serve` looks, by day and by night, wide and narrow.

/** The style sheet. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --ink: #1c2126; --quiet: #5c666f; --rule: #d9dee3; --card: #f5f7f9;
  --good: #1a7f4b; --bad: #b93226; --access: #2f7cc4; --refresh: #7d5fb8; --accent: #1a5cc8;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14181c; --ink: #e6eaee; --quiet: #9aa5af; --rule: #343d46; --card: #1c2228;
    --good: #4cc38a; --bad: #ff8175; --access: #5aa7ea; --refresh: #a98be0; --accent: #6cb0ff;
  }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1180px; padding: 16px 20px 40px; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif; }
header { display: flex; flex-wrap: wrap; gap: 4px 16px; align-items: baseline; }
h1 { margin: 0; font-size: 22px; } h2 { margin: 24px 0 8px; font-size: 17px; } h3 { margin: 0; font-size: 15px; }
p { margin: 4px 0; } ul { margin: 0; padding: 0; list-style: none; } li { overflow-wrap: anywhere; }
a { color: var(--accent); }
code, #now, #ledger { font-family: ui-monospace, monospace; font-size: 13px; }
#now { font-size: 20px; font-variant-numeric: tabular-nums; white-space: nowrap; }
.quiet { color: var(--quiet); font-size: 13px; }
.row { display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: center; }
.row form { display: flex; gap: 6px; align-items: center; }
button, input, select { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--quiet);
  border-radius: 5px; padding: 3px 10px; max-width: 100%; }
button { cursor: pointer; } button:hover { border-color: var(--accent); } button.grave:hover { border-color: var(--bad); }
button:disabled { color: var(--quiet); cursor: default; border-color: var(--rule); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
[aria-invalid="true"] { border-color: var(--bad); }
.problem { color: var(--bad); } .problem:empty { display: none; }
#accounts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 420px), 1fr)); gap: 14px; margin-top: 10px; }
article { background: var(--card); border: 1px solid var(--rule); border-radius: 8px; padding: 12px 14px; min-width: 0; }
article h3 { overflow-wrap: anywhere; }
.token { margin: 8px 0; } .token div { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 12px; font-size: 13px; }
.token.ended code { text-decoration: line-through; } .token.ended { color: var(--quiet); } .token .why { color: var(--bad); }
progress { appearance: none; display: block; width: 100%; height: 9px; border: 0; border-radius: 5px; overflow: hidden; background: var(--rule); }
progress::-webkit-progress-bar { background: var(--rule); }
progress::-webkit-progress-value { background: var(--access); } progress::-moz-progress-bar { background: var(--access); }
.refresh progress::-webkit-progress-value { background: var(--refresh); } .refresh progress::-moz-progress-bar { background: var(--refresh); }
.acts { display: flex; flex-wrap: wrap; gap: 6px; margin-top: 10px; } .acts button { font-size: 13px; padding: 2px 8px; background: var(--paper); }
.narrow { display: flex; flex-wrap: wrap; gap: 6px; margin-top: 8px; font-size: 13px; } .narrow label { flex: 1 1 200px; min-width: 0; }
.narrow input { width: 100%; background: var(--paper); } .narrow button { align-self: end; background: var(--paper); }
.rules li { display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: center; padding: 4px 0; border-bottom: 1px solid var(--rule); }
.rules code { flex: 1 1 240px; min-width: 0; }
#ledger { height: 320px; overflow: auto; background: var(--card); border: 1px solid var(--rule); border-radius: 8px; padding: 8px 10px; }
#ledger p { display: flex; flex-wrap: wrap; gap: 0 12px; margin: 0; padding: 2px 0; overflow-wrap: anywhere; }
#ledger .when { color: var(--quiet); white-space: nowrap; } #ledger .kind { font-weight: 600; } #ledger .what { min-width: 0; }
#ledger .good .kind { color: var(--good); } #ledger .bad .kind { color: var(--bad); } #ledger .done .kind { color: var(--accent); }
#services { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 260px), 1fr)); gap: 4px 16px; }
`;
