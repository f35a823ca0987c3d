/** The page's style sheet. Colours keep a contrast of 4.5 to 1 in both schemes. */
export const style = `
:root{color-scheme:light dark;--bg:#f6f7f9;--card:#fff;--ink:#1c2128;--dim:#57606a;--line:#d8dee4;--code:#f1f3f6;--link:#0550ae;
--bad:#b3202c;--bad-bg:#fdeeee;--warn:#805300;--warn-bg:#fff6df;--good:#14682f;--good-bg:#e9f7ed;--info:#0550ae;--info-bg:#eaf3fe}
@media(prefers-color-scheme:dark){:root{--bg:#0f1318;--card:#171c23;--ink:#e5e9ee;--dim:#a0aab6;--line:#2e3640;--code:#0f1419;--link:#79b8ff;
--bad:#ff8f8a;--bad-bg:#35181b;--warn:#e8b74a;--warn-bg:#33280f;--good:#6fd08c;--good-bg:#14241b;--info:#8ec3ff;--info-bg:#132338}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",sans-serif;overflow-wrap:anywhere}
main,footer{max-width:62rem;margin:0 auto;padding:0 1rem}
a{color:var(--link);text-underline-offset:3px}
h1,h2,h3{line-height:1.25;margin:0}h1{font-size:1.5rem}h2{font-size:1.15rem;margin:2.25rem 0 .75rem}h3{font-size:1.05rem}
p{margin:.5rem 0}code,pre{font:.84em/1.55 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.dim{color:var(--dim)}.small{font-size:.875rem}
.hide{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
header{border-top:6px solid var(--tone);background:var(--card);border-bottom:1px solid var(--line)}
header>div{max-width:62rem;margin:0 auto;padding:1.25rem 1rem 1.5rem}
header h1{margin:.35rem 0 .6rem;display:flex;gap:.6rem;align-items:flex-start}
.fail,.error{--tone:var(--bad);--tone-bg:var(--bad-bg)}.undecided,.warning{--tone:var(--warn);--tone-bg:var(--warn-bg)}
.pass,.ok{--tone:var(--good);--tone-bg:var(--good-bg)}.info,.skipped{--tone:var(--info);--tone-bg:var(--info-bg)}.failed{--tone:var(--bad);--tone-bg:var(--bad-bg)}
.mark{flex:none;display:inline-grid;place-items:center;width:1.6em;height:1.6em;line-height:1;border-radius:50%;background:var(--tone-bg);color:var(--tone);font-weight:700;font-size:.85em}
.brand{font-size:.8rem;font-weight:600;letter-spacing:.04em;color:var(--dim)}
.bar{display:block;width:100%;height:.6rem;margin:1rem 0 .5rem;border-radius:.3rem;overflow:hidden}
.bar .ok{fill:var(--good)}.bar .failed{fill:var(--bad)}.bar .undecided{fill:var(--warn)}.bar .skipped{fill:var(--line)}
ul.facts{list-style:none;display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin:0;padding:0}
.facts b{font-weight:600}
.dot{display:inline-block;width:.6rem;height:.6rem;border-radius:50%;background:var(--tone);margin-right:.4rem}.dot.skipped{background:var(--line)}
article>:last-child,.card>:last-child{margin-bottom:0}article,.card{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:1rem 1.1rem;margin:0 0 1rem}
article{border-left:4px solid var(--tone)}
.tag{display:inline-block;margin:0 .4rem .4rem 0;padding:.1rem .55rem;border-radius:1rem;background:var(--tone-bg);color:var(--tone);font-size:.8rem;font-weight:600}
.cure{margin:.9rem 0 0;padding:.75rem .9rem;border-radius:.5rem;background:var(--good-bg);--code:var(--card)}
.cure h4,dt{margin:0;font-size:.8rem;font-weight:600;color:var(--dim)}.cure h4{color:var(--good)}
.cure>:last-child{margin-bottom:0}.cure ul{margin:.35rem 0 0;padding-left:1.3rem}.cure li{margin:.2rem 0}
.label{margin:.7rem 0 .2rem;font-size:.8rem;font-weight:600;color:var(--dim)}
.copy{position:relative}.copy pre{padding-right:5rem}
pre{margin:0;padding:.6rem .75rem;border:1px solid var(--line);border-radius:.4rem;background:var(--code);white-space:pre-wrap}
button{position:absolute;top:.3rem;right:.3rem;min-height:1.8rem;padding:.1rem .6rem;border:1px solid var(--line);border-radius:.35rem;background:var(--card);color:var(--ink);font:600 .8rem/1.4 system-ui,sans-serif;cursor:pointer}
button:hover{border-color:var(--dim)}
.minus{color:var(--bad)}.plus{color:var(--good)}
dl{margin:.75rem 0 0;display:grid;grid-template-columns:auto 1fr;gap:.2rem .9rem}dt{padding-top:.15rem}dd{margin:0}
details{margin:.8rem 0 0}summary{cursor:pointer;font-weight:600;font-size:.9rem;padding:.15rem 0}
ul.plain{list-style:none;margin:.5rem 0 0;padding:0}ul.plain>li{padding:.45rem 0}ul.plain>li+li{border-top:1px solid var(--line)}.card>ul.plain{margin:0}
table{width:100%;border-collapse:collapse;font-size:.92rem}
th,td{padding:.45rem .4rem;border-top:1px solid var(--line);text-align:left;vertical-align:top;font-weight:400}
thead th{border:0;font-size:.78rem;font-weight:600;color:var(--dim);vertical-align:bottom}
td.check,th.check{width:5.2rem;text-align:center}td.check .mark{margin:0}td.check .skipped{background:none;color:var(--dim)}
tbody th .mark,li .mark{margin-right:.45rem}.name{display:flex}
input{width:100%;max-width:22rem;margin:0 0 .75rem;padding:.45rem .7rem;border:1px solid var(--dim);border-radius:.4rem;background:var(--bg);color:var(--ink);font:inherit}
footer{margin-top:2.5rem;padding-bottom:2.5rem}
@media(max-width:40rem){h1{font-size:1.25rem}article>:last-child,.card>:last-child{margin-bottom:0}article,.card{padding:.85rem .8rem}td.check,th.check{width:2.1rem;padding-left:.1rem;padding-right:.1rem}
thead th.check{writing-mode:vertical-rl;transform:rotate(180deg);padding:.4rem 0}dl{display:block}dd{margin:0 0 .4rem}.copy pre{padding:2.4rem .7rem .6rem}}
@media print{body{background:#fff}button,input{display:none}article{break-inside:avoid}}
`;
