import { Hono } from 'hono';

/** One style sheet for the root page and the login pages. */
export function styleRoute(): Hono {
  return new Hono().get('/practice.css', (c) => {
    c.header('Cache-Control', 'no-store');
    return c.body(css, 200, { 'Content-Type': 'text/css; charset=utf-8' });
  });
}

const css = `:root {
  color-scheme: light dark;
  --paper: #fbfaf8; --card: #ffffff; --ink: #1d232b; --quiet: #5c6672; --line: #dfe2e6;
  --accent: #0b5cad; --on-accent: #ffffff; --banner: #fff1c9; --on-banner: #4d3b00; --bad: #a4262c;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14181d; --card: #1c2229; --ink: #e7eaee; --quiet: #a3adb8; --line: #343c46;
    --accent: #78b6f2; --on-accent: #0b1722; --banner: #443800; --on-banner: #ffe9a6; --bad: #ff9a9a;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, "Segoe UI", sans-serif; }
header { padding: .5rem 1.25rem; background: var(--banner); color: var(--on-banner); }
header strong { margin-right: .75rem; }
main { margin: 0 auto; padding: 1.5rem 1.25rem 4rem; }
main.narrow { max-width: 36rem; }
main.wide { max-width: 72rem; }
h1 { margin: .5rem 0 1rem; font-size: 1.6rem; line-height: 1.25; }
h2 { margin: 2.25rem 0 .6rem; font-size: 1.15rem; }
p { margin: .5rem 0; max-width: 46rem; }
a { color: var(--accent); }
.quiet { color: var(--quiet); }
.bad { color: var(--bad); font-weight: 600; }
code, pre { font: .9em/1.45 ui-monospace, "Cascadia Mono", Consolas, monospace; overflow-wrap: anywhere; }
pre { margin: .5rem 0; padding: .75rem 1rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; white-space: pre-wrap; }
.scroll { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .45rem .75rem; text-align: left; vertical-align: top; border-top: 1px solid var(--line); }
td code { overflow-wrap: break-word; }
thead th { border-top: 0; color: var(--quiet); font-size: .85rem; font-weight: 600; }
details { margin: .4rem 0; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
details > *:not(summary) { margin-left: 1rem; margin-right: 1rem; }
details.fold > div { padding-bottom: .75rem; }
details.fold h2:first-child { margin-top: .5rem; }
header .over { display: none; font-weight: 600; }
.ended header .over { display: inline; }
summary { padding: .55rem 1rem; cursor: pointer; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; margin: .5rem 0; }
dt { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; }
fieldset { display: grid; grid-template-columns: repeat(auto-fit, minmax(16rem, 1fr)); margin: 1rem 0; padding: .5rem 0; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
legend { margin-left: .75rem; padding: 0 .35rem; color: var(--quiet); }
label.person { display: grid; grid-template-columns: auto 1fr; gap: 0 .75rem; align-content: start; padding: .5rem 1rem; overflow-wrap: anywhere; cursor: pointer; }
label.person span { grid-column: 2; }
label.person:hover, label.person:focus-within { background: color-mix(in srgb, var(--accent) 10%, transparent); }
input[type=text] { width: 100%; padding: .6rem .75rem; font: inherit; color: inherit; background: var(--card); border: 1px solid var(--quiet); border-radius: 6px; }
textarea { width: 100%; padding: .6rem .75rem; font: .9em/1.45 ui-monospace, "Cascadia Mono", Consolas, monospace; color: inherit; background: var(--card); border: 1px solid var(--quiet); border-radius: 6px; }
input.code { font: 1.3rem ui-monospace, Consolas, monospace; letter-spacing: .15em; text-transform: uppercase; }
.actions { display: flex; gap: .75rem; margin-top: 1rem; }
button { padding: .55rem 1.25rem; font: inherit; border: 1px solid var(--accent); border-radius: 6px; background: transparent; color: var(--accent); cursor: pointer; }
button.main { background: var(--accent); color: var(--on-accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
`;
