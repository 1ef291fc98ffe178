// How the page looks, by day and by night. Colours are told in one place; nothing is loaded from anywhere.

/** The style sheet. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --ink: #1c2126; --quiet: #667079; --rule: #d9dee3; --card: #f5f7f9;
  --good: #1a7f4b; --bad: #c0392b; --open: #8a6100; --access: #6ea8dc; --refresh-bar: #c3b1e1; --accent: #1a5cc8;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14181c; --ink: #e6eaee; --quiet: #96a1ab; --rule: #303840; --card: #1c2228;
    --good: #4cc38a; --bad: #ff7b6e; --open: #e2b04a; --access: #3d77ad; --refresh-bar: #6f5a99; --accent: #6cb0ff;
  }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1080px; padding: 24px; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif; }
h1 { margin: 0; font-size: 26px; } h2 { font-size: 19px; margin: 28px 0 8px; } h3 { font-size: 15px; margin: 0 0 6px; }
p { margin: 6px 0; } a { color: var(--accent); }
code { font: 13px/1.4 ui-monospace, monospace; background: var(--card); padding: 1px 4px; border-radius: 3px; overflow-wrap: anywhere; }
header { display: flex; gap: 20px; align-items: flex-start; }
.letter { flex: none; width: 92px; height: 92px; border-radius: 10px; display: grid; place-items: center;
  font-size: 52px; font-weight: 700; background: var(--card); border: 3px solid var(--quiet); }
.letter-A, .letter-B { border-color: var(--good); color: var(--good); }
.letter-C, .letter-D { border-color: var(--open); color: var(--open); }
.letter-F { border-color: var(--bad); color: var(--bad); }
.quiet { color: var(--quiet); font-size: 13px; } .bad { color: var(--bad); } .caps { margin: 6px 0; padding-left: 20px; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(320px, 1fr)); gap: 28px; }
table { border-collapse: collapse; width: 100%; } th { text-align: left; font-weight: 500; padding: 3px 10px 3px 0; vertical-align: top; }
td { padding: 3px 10px 3px 0; vertical-align: top; } .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.gauge { height: 9px; margin-top: 7px; background: var(--rule); border-radius: 5px; overflow: hidden; }
.gauge-full { height: 100%; background: var(--good); }
.finding { border-left: 4px solid var(--open); background: var(--card); padding: 12px 16px; margin: 10px 0; border-radius: 0 6px 6px 0; }
.finding.bad { border-left-color: var(--bad); color: inherit; }
dl { margin: 0; } dt { font-weight: 500; } dd { margin: 0 0 6px; }
.fix { border-top: 1px solid var(--rule); padding-top: 6px; } .fix::before { content: 'Fix: '; font-weight: 600; color: var(--good); }
.verdict { font-size: 12px; font-weight: 600; padding: 2px 8px; border-radius: 9px; border: 1px solid var(--quiet); color: var(--quiet); white-space: nowrap; }
.verdict.pass { color: var(--good); border-color: var(--good); } .verdict.fail, .verdict.error { color: var(--bad); border-color: var(--bad); }
.verdict.inconclusive { color: var(--open); border-color: var(--open); }
.ladder { list-style: none; padding: 0; display: grid; grid-template-columns: repeat(auto-fit, minmax(260px, 1fr)); gap: 14px; }
.rung { background: var(--card); border-top: 4px solid var(--quiet); padding: 10px 14px; border-radius: 0 0 6px 6px; }
.rung.reached { border-top-color: var(--good); } .rung ul { padding-left: 18px; margin: 0; }
.met::marker { color: var(--good); content: '\\2713  '; } .unmet::marker { color: var(--bad); content: '\\2717  '; }
svg { width: 100%; height: auto; display: block; margin: 8px 0; } figure { margin: 12px 0; } figcaption { color: var(--quiet); font-size: 13px; }
svg text { fill: var(--ink); font: 12px system-ui, sans-serif; } svg .moment { fill: var(--quiet); text-anchor: middle; font-size: 11px; }
.tick { stroke: var(--rule); stroke-dasharray: 2 3; } .rule { stroke: var(--rule); }
.access { fill: var(--access); } .refresh { fill: var(--refresh-bar); } rect.revoked { stroke: var(--bad); stroke-width: 1.2; }
.column { fill: var(--access); }
.mark { stroke-width: 1.8; fill: none; stroke: var(--ink); }
.mark.refresh { fill: var(--good); stroke: var(--paper); stroke-width: 1; } .mark.refusal { stroke: var(--bad); stroke-width: 2.2; }
.mark.lost { stroke: var(--bad); stroke-dasharray: 2 2; } .mark.fault { fill: var(--open); stroke: var(--paper); stroke-width: 1; }
.mark.gate { stroke: var(--open); } .mark.act { fill: var(--ink); stroke: var(--paper); stroke-width: 1; }
.mark.event { fill: var(--accent); stroke: var(--paper); stroke-width: 1; } .mark.claim { fill: var(--accent); stroke: var(--accent); stroke-width: 1; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 18px; font-size: 13px; color: var(--quiet); } .legend svg { width: 16px; height: 16px; display: inline-block; vertical-align: middle; margin: 0 4px 0 0; }
svg .from { text-anchor: start; } svg .to { text-anchor: end; }
.scroll { overflow-x: auto; } .scroll svg { min-width: 760px; }
details summary { cursor: pointer; color: var(--quiet); }
@media (max-width: 640px) {
  body { padding: 14px; } header { gap: 14px; } .letter { width: 64px; height: 64px; font-size: 36px; }
  .columns { grid-template-columns: 1fr; } .boundaries .number { white-space: normal; }
  .words tr { display: flex; flex-wrap: wrap; gap: 0 8px; padding: 4px 0; } .words td:last-child { flex: 1 0 100%; }
}
`;
