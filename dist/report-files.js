var ye=Object.create;var x=Object.defineProperty;var we=Object.getOwnPropertyDescriptor;var xe=Object.getOwnPropertyNames;var je=Object.getPrototypeOf,Pe=Object.prototype.hasOwnProperty;var $=(e,r)=>()=>{try{return r||e((r={exports:{}}).exports,r),r.exports}catch(t){throw r=0,t}},Ce=(e,r)=>{for(var t in r)x(e,t,{get:r[t],enumerable:!0})},I=(e,r,t,a)=>{if(r&&typeof r=="object"||typeof r=="function")for(let n of xe(r))!Pe.call(e,n)&&n!==t&&x(e,n,{get:()=>r[n],enumerable:!(a=we(r,n))||a.enumerable});return e};var b=(e,r,t)=>(t=e!=null?ye(je(e)):{},I(r||!e||!e.__esModule?x(t,"default",{value:e,enumerable:!0}):t,e)),qe=e=>I(x({},"__esModule",{value:!0}),e);var _=$((ur,T)=>{T.exports=require("./preflight.js").given56});var N=$((mr,L)=>{L.exports=require("./preflight.js").given54});var B=$((fr,W)=>{W.exports=require("./preflight.js").given44});var U=$((gr,D)=>{D.exports=require("./preflight.js").given45});var O=$((hr,G)=>{G.exports=require("./preflight.js").given5});var J=$(($r,H)=>{H.exports=require("./preflight.js").given46});var K=$((br,V)=>{V.exports=require("./preflight.js").given38});var X=$((vr,Q)=>{Q.exports=require("./preflight.js").given16});var Z=$((kr,Y)=>{Y.exports=require("./preflight.js").given8});var re=$((yr,ee)=>{ee.exports=require("./preflight.js").given7});var cr={};Ce(cr,{reportFiles:()=>dr});module.exports=qe(cr);var pe=b(_()),E=b(N()),c=b(B()),z=b(U()),ue=b(O()),w=b(J()),wr=b(K()),xr=b(X()),jr=b(Z()),Pr=b(re());function Re(e,{repositoryPath:r}){let t=(0,c.e)(e.packages),a=new Map,n=e.findings.flatMap(i=>Me(i,t,o=>r(o)===null).map(({location:o,name:s})=>{let p=o&&r(o.file),u=p??r("package.json")??"package.json",{code:h,title:g,remedy:v}=i;return{description:fe(`${h}${(0,c.i)(i)}: ${g}${Ee(s,i)}. ${v.summary}`),check_name:`npmrc-preflight/${h}`,fingerprint:me([h,u,Fe(s,t)],a),severity:ze(i),location:{path:u,lines:{begin:p===null?1:o?.line??1}}}}));return(0,c.u)(n)}function Se(e,{repositoryPath:r}){let t=e.file===null?null:r(e.file);if(t===null)return(0,c.u)([]);let a={description:fe([e.message,e.hint].filter(n=>n!==null).join(". ")),check_name:"npmrc-preflight/unreadable",fingerprint:me(["unreadable",t],new Map),severity:"blocker",location:{path:t,lines:{begin:e.line??1}}};return(0,c.u)([a])}function Me(e,r,t){let a=e.packages.map(o=>({location:r.get(o)?.[0]?.location??null,name:o})),[n]=a,i=e.location;return n===void 0||i!==null&&!t(i.file)&&!Ae(i,n.location)?[{location:i,name:null}]:a.map(({location:o,name:s})=>({location:o??i,name:s}))}function Ae(e,r){return r!==null&&e.file===r.file&&e.line===r.line}function Ee(e,{title:r,packages:t}){let a=e??t[0];return a===void 0||r.includes(a)?"":` (${a})`}function ze({severity:e,certainty:r}){return e==="error"?r==="confirmed"?"critical":"major":e==="warning"?"minor":"info"}function Fe(e,r){return e===null?"":r.get(e)?.[0]?.name??e}function me(e,r){let t=JSON.stringify(e),a=r.get(t)??0;return r.set(t,a+1),(0,E.a)("sha256").update(a===0?t:`${t} ${a}`).digest("hex")}function fe(e){return(0,pe.a)(e,1e3)}function te(e){let r=[...new Set(e?.findings.map(({code:a})=>a))].sort(),t={NPMRC_PREFLIGHT_VERDICT:e?.verdict??"error",NPMRC_PREFLIGHT_FINDINGS:String(e?.findings.length??0),NPMRC_PREFLIGHT_CODES:r.length===0?"none":r.join(",")};return ue.a.map(a=>`${a}=${t[a]}
`).join("")}function F(e){if(!e||!/^https?:\/\//i.test(e)||!URL.canParse(e))return null;let{protocol:r,username:t,password:a,href:n}=new URL(e);return["http:","https:"].includes(r)&&t===""&&a===""?n:null}var Ie=7e4,Te=100,ae=120,_e=1e3,Le=[{codes:/^NP30[136]$/,page:"ci/jobs/ci_job_token.md",label:"GitLab help: CI/CD job token"},{codes:/^NP30[27]$/,page:"user/permissions.md",label:"GitLab help: roles and permissions"}];function Ne(e,{pageUrl:r,helpUrl:t}){let{findings:a}=e,n=P(`${a.length===0?"Report":"Report with every cure"} (${e.verdict})`,r),i=a.map(s=>P(Be(s),s.remedy.url)),o=Le.filter(({codes:s})=>a.some(({code:p})=>s.test(p))).map(({page:s,label:p})=>P(p,t===null?null:`${t}/${s}`));return ge({"npmrc-preflight":[n],"Where to mend it":i,"Read on":o})}function We({pageUrl:e}){return ge({"npmrc-preflight":[P("Why the check could not be made",e)]})}function ge(e){let r=2,t=Object.entries(e).flatMap(([a,n])=>{let i=new Set,o=n.filter(s=>{if(s===null||i.has(s.external_link.url)||i.size>=Te)return!1;let p=Buffer.byteLength((0,c.u)({[a]:[s]}));return r+p>Ie?!1:(r+=p,i.add(s.external_link.url),!0)});return o.length===0?[]:[[a,o]]});return(0,c.u)(Object.fromEntries(t))}function Be({code:e,title:r}){return`${e}: ${r}`}function P(e,r){let t=F(r);return t===null||t.length>_e?null:{external_link:{label:e.length>ae?`${e.slice(0,ae-1)}\u2026`:e,url:t}}}var De=200;function Ue(e,r){let t=(0,w.c)(e),a=(0,c.e)(t.packages),n={paint:(0,z.c)(!1),width:110,verbose:!1,packages:a,program:r.program,page:r.page},i=new Map,o=d=>{let f=(i.get(d)??0)+1;return i.set(d,f),f>De?`${d.title}: see ${d.packages[0]??"above"}`:(0,c.c)(d,n)},s=new Map;for(let d of t.findings)for(let f of d.packages)s.set(f,[...s.get(f)??[],d]);let p=new Set,u=d=>{let f=[...new Set(d.flatMap(m=>s.get(m)??[]))];for(let m of f)p.add(m);return f},h=t.packages.map(d=>{let f=d.resolved??d.requested,m=`${d.name}@${f}`;return{suite:"private packages",name:m,place:(0,c.j)(d),file:d.location&&r.repositoryPath(d.location.file),...C(d.status,u([d.name,m]),o)}}),g=(t.publish??[]).map(d=>{let f=d.version===null?d.name:`${d.name}@${d.version}`;return{suite:"publishing",name:`publish ${f}`,place:(0,c.j)(d),file:null,...C(d.status,u([d.name,f]),o)}}),v=t.findings.filter(d=>!p.has(d)).map(d=>({suite:"configuration",name:`${d.code} ${d.cause}`,place:"configuration",file:d.location&&r.repositoryPath(d.location.file),...C(d.severity==="error"?"failed":"ok",[d],o)}));return he([...h,...g,...v],t.requests.ms/1e3)}function Ge(e,r){let t=(0,w.c)(e),{message:a,hint:n,file:i,line:o}=t,s=i===null?null:`  --> ${i}${o===null?"":`:${o}`}`,p=[`error: ${a}`,s,n===null?null:`  help: ${n}`];return he([{suite:"configuration",name:"the check can be made",place:"configuration",file:i===null?null:r.repositoryPath(i),result:"error",type:"npmrc-preflight",message:a,text:p.filter(u=>u!==null).join(`
`)}],0)}function C(e,r,t){let a=r.filter(({severity:s})=>s==="error"),[n]=a.length>0?a:r,i=r.map(t).join(`

`),o={type:n?.code??"npmrc-preflight",text:i};return e==="ok"?{...o,result:"ok",message:""}:e==="skipped"?{...o,result:"skipped",message:n?.title??"not asked about"}:e==="undecided"?{...o,result:"error",message:n?.title??"a server could not be asked"}:r.length>0&&a.length===0?{...o,result:"skipped",message:`it may fail: ${n?.title??""}`}:{...o,result:"failure",message:n?.title??"it would fail"}}function he(e,r){let t=[...new Set(e.map(({suite:a})=>a))].flatMap(a=>{let n=e.filter(i=>i.suite===a);return[`  <testsuite name="${k(a)}"${ne(n)}>`,...n.map(Oe),"  </testsuite>"]});return['<?xml version="1.0" encoding="UTF-8"?>',`<testsuites name="npmrc-preflight"${ne(e)} time="${r.toFixed(3)}">`,...t,`</testsuites>
`].join(`
`)}function ne(e){let r=t=>e.filter(a=>a.result===t).length;return` tests="${e.length}" failures="${r("failure")}" errors="${r("error")}" skipped="${r("skipped")}"`}function Oe({name:e,place:r,file:t,result:a,type:n,message:i,text:o}){let s=t===null?"":` file="${k(t)}"`,p=`    <testcase name="${k(e)}" classname="${k(r)}"${s} time="0"`,u=o===""?"":`<system-out>${S(o)}</system-out>`;switch(a){case"ok":return u===""?`${p}/>`:`${p}>${u}</testcase>`;case"skipped":return`${p}><skipped message="${k(i)}"/>${u}</testcase>`;case"failure":case"error":return`${p}><${a} type="${k(n)}" message="${k(i)}">${S(o)}</${a}></testcase>`}}function k(e){return S(e).replaceAll('"',"&quot;").replace(/[\n\t]/g," ")}function S(e){return e.replace(/[\ufffe\uffff]/g,"\uFFFD").replaceAll("&","&amp;").replaceAll("<","&lt;").replaceAll(">","&gt;")}function l(e,...r){return{markup:e.reduce((t,a,n)=>t+$e(r[n-1]??null)+a)}}function ie(e){return{markup:e}}function $e(e){return e==null||e===!1?"":Array.isArray(e)?e.map($e).join(""):typeof e=="object"?e.markup:He(String(e))}function He(e){return e.replaceAll("&","&amp;").replaceAll("<","&lt;").replaceAll(">","&gt;").replaceAll('"',"&quot;").replaceAll("'","&#39;")}var j=12;function Je(e,{id:r,packages:t,program:a,page:n}){let{severity:i,certainty:o,code:s,title:p,seen:u,alternatives:h,decidedBy:g}=e,[v]=e.packages,d=(0,c.h)(e,t),f=[...d===null?[]:[["Where",l`<code>${d.file}:${d.line}:${d.column}</code>`]],...v===void 0?[]:[["Packages",Ve(e.packages)]],...u===null?[]:[["Seen",u]],...h.length===0?[]:[["Could also be",h.join(", ")]],...g===null?[]:[["Would decide it",g]]];return l`<article class="${i}" id="${r}" aria-labelledby="${r}-title">
<div><span class="tag">${i}</span><span class="tag">${s}</span>${o==="possible"&&l`<span class="tag">possible</span>`}</div>
<h3 id="${r}-title">${p}</h3>
<dl>${f.map(([m,y])=>l`<dt>${m}</dt><dd>${y}</dd>`)}</dl>
${Ke(e)}
${Xe(e)}
${n!==null&&l`<p class="small dim">More: ${n?M(n(s)):l`<code>${a} explain ${s}</code>`}</p>`}
</article>
`}function Ve(e){let r=t=>l`${t.map((a,n)=>l`${n>0&&", "}<code>${a}</code>`)}`;return e.length<=j?r(e):l`${r(e.slice(0,j))}<details><summary>${e.length-j} more</summary>${r(e.slice(j,2e3))}</details>`}function Ke({remedy:e}){let{edit:r,command:t,request:a,url:n}=e,i=(0,c.d)(e),o=i.some(s=>n!==void 0&&s.includes(n))?null:F(n);return l`<div class="cure"><h4>What to do</h4>
${i.length===1?l`<p>${M(i[0]??"")}</p>`:l`<ul>${i.map(s=>l`<li>${M(s)}</li>`)}</ul>`}
${o&&l`<p><a href="${o}" rel="noreferrer">${o}</a></p>`}
${r&&Qe(r)}
${t&&l`<div class="label">Run in the checkout</div>${le(t)}`}
${a&&l`<div class="label">Or by the API, with a token that may</div>${le((0,c.b)(a).join("").trimEnd())}`}
</div>`}function Qe({file:e,line:r,before:t,after:a}){let n=(i,o,s)=>i===null?[]:i.split(`
`).map(p=>l`<span class="${s}">${o} ${p}</span>\n`);return l`<div class="label">Change <code>${r===null?e:`${e}:${r}`}</code></div>${be(l`${n(t,"-","minus")}${n(a,"+","plus")}`,a)}`}function le(e){return be(l`${e}`,e)}function be(e,r){return r===null?l`<pre>${e}</pre>`:l`<div class="copy"><pre data-copy="${r}">${e}</pre></div>`}function Xe({evidence:e}){return e.length===0?null:l`<details><summary>Evidence: ${(0,c.q)(e.length,"question")} and what came back</summary>
<ul class="plain small">${e.map(({probe:r,url:t,status:a,message:n})=>l`<li><b>${r}</b> ${a??"unanswered"}<br><code>${t}</code>${n!==null&&l`<br>&ldquo;${n}&rdquo;`}</li>`)}</ul></details>`}function M(e){return l`${e.split(/(https?:\/\/[^\s<>"'`]*[^\s<>"'`.,;:!?)\]}])/).map((r,t)=>{let a=t%2===1?F(r):null;return a===null?r:l`<a href="${a}" rel="noreferrer">${r}</a>`})}`}var Ye={ok:{sign:"\u2713",word:"ok"},failed:{sign:"\u2717",word:"fails"},undecided:{sign:"?",word:"undecided"},skipped:{sign:"\u2013",word:"not asked"}},ve=[{key:"mapped",label:"Mapped"},{key:"credential",label:"Token"},{key:"metadata",label:"Metadata"},{key:"tarball",label:"Tarball"}],Ze=25,q=5e3;function er({packages:e}){if(e.length===0)return l`<p class="card">No private package was found.</p>`;let r=e.filter(({status:o})=>o==="failed"||o==="undecided"),t=e.filter(({status:o})=>o==="ok"||o==="skipped"),a=e.length>Ze,n=t.slice(0,Math.max(0,q-r.length)),i=e.length-Math.min(r.length,q)-n.length;return l`${e.length>8&&l`<div hidden><label class="small dim" for="filter">Filter by name</label><br><input id="filter" type="search" autocomplete="off" spellcheck="false"></div>`}${r.length>0&&R(r.slice(0,q),"Packages that fail or are undecided")}${n.length>0&&(a?l`<details class="rest card"><summary>${(0,c.q)(n.length,"package")} without a fault</summary>${R(n,"Packages without a fault")}</details>`:R(n,r.length>0?"Packages without a fault":"Private packages"))}${i>0&&l`<p class="dim">${i} more in report.json.</p>`}`}function R(e,r){return l`<div class="card"><table><caption class="hide">${r}</caption>
<thead><tr><th scope="col">Package</th>${ve.map(({label:t})=>l`<th scope="col" class="check">${t}</th>`)}</tr></thead>
<tbody>${e.map(rr)}</tbody></table></div>`}function rr({name:e,requested:r,resolved:t,prefix:a,registry:n,tarball:i,dependents:o,status:s,checks:p}){let u=o.filter(g=>g!=="."),h=(0,c.j)({prefix:a,registry:n,tarball:i});return l`<tr data-name="${e.toLowerCase()}"><th scope="row"><span class="name">${A(s)}<span>${e}<span class="dim">@${t??r}</span><br><span class="dim small">${h}${u.length>0&&`, for ${u.slice(0,3).join(", ")}${u.length>3?", \u2026":""}`}</span></span></span></th>${ve.map(({key:g})=>l`<td class="check">${A(p?.[g]??"skipped")}</td>`)}</tr>`}function A(e){let{sign:r,word:t}=Ye[e];return l`<span class="mark ${e}"><span aria-hidden="true">${r}</span><span class="hide">${t}</span></span>`}function tr(e){return l`<div class="card"><ul class="plain">${e.map(({name:r,version:t,prefix:a,registry:n,status:i})=>l`<li class="name">${A(i)}<span>${r}<span class="dim">${t!==null&&`@${t}`}</span><br><span class="dim small">${(0,c.j)({prefix:a,registry:n})}</span></span></li>`)}</ul></div>`}var oe=`(()=>{const d=document,on=(e,t,f)=>e.addEventListener(t,f),say=d.getElementById('said');
const copied=async t=>{try{await navigator.clipboard.writeText(t)}catch{const a=d.createElement('textarea');a.value=t;d.body.append(a);a.select();const ok=d.execCommand('copy');a.remove();if(!ok)return!1}return!0};
for(const b of d.querySelectorAll('.copy')){const p=b.querySelector('pre'),n=d.createElement('button');n.type='button';n.textContent='Copy';
on(n,'click',async()=>{const ok=await copied(p.dataset.copy??p.textContent);n.textContent=ok?'Copied':'Press Ctrl+C';say.textContent=ok?'Copied':'';
if(!ok)getSelection().selectAllChildren(p);n.focus();setTimeout(()=>{n.textContent='Copy'},2000)});b.append(n)}
const f=d.getElementById('filter');if(f){f.closest('[hidden]').hidden=!1;const rows=[...d.querySelectorAll('tr[data-name]')];
on(f,'input',()=>{const w=f.value.trim().toLowerCase();let n=0;for(const r of rows){const s=r.dataset.name.includes(w);r.hidden=!s;n+=s}
for(const x of d.querySelectorAll('details.rest'))if(w)x.open=!0;say.textContent=n+' of '+rows.length+' shown'})}
const aim=()=>{const e=d.getElementById(decodeURIComponent(location.hash.slice(1)));if(e){e.querySelectorAll('details').forEach(x=>{x.open=!0})}};aim();on(window,'hashchange',aim)})()`,se=`
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
`;function ke(e){let r=["default-src 'none'",`style-src '${de(se)}'`,`script-src '${de(oe)}'`,"base-uri 'none'","form-action 'none'"].join("; ");return`${l`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${r}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${e.title}</title>
<style>${ie(se)}</style>
</head>
<body class="${e.tone}">
<header><div>${e.head}</div></header>
<main>
${e.body}
<p id="said" role="status" class="hide"></p>
</main>
<footer class="dim small">${e.foot}</footer>
<script>${ie(oe)}</script>
</body>
</html>
`.markup}`}function de(e){return`sha256-${(0,E.a)("sha256").update(e).digest("base64")}`}var ar=[["failed","would fail"],["undecided","undecided"],["ok","would install"],["skipped","not asked"]],ce={fail:"\u2717",undecided:"?",pass:"\u2713"};function nr(e,r){let t=(0,w.c)(e),{program:a,page:n,version:i}=r,o=(0,c.e)(t.packages),[s="",...p]=(0,c.r)(t,(0,z.c)(!1)).split(" "),[u="",...h]=p.join(" ").split(" \xB7 "),g=(0,c.g)(t.findings),v=s===ce.fail?"fail":s===ce.undecided?"undecided":"pass",d=new Map,f=({code:m})=>{let y=(d.get(m)??0)+1;return d.set(m,y),y===1?m:`${m}-${y}`};return ke({title:`${s} ${u}: npmrc-preflight`,tone:v,head:l`<div class="brand">npmrc-preflight</div>
<h1><span class="mark" aria-hidden="true">${s}</span><span>${u}</span></h1>
<ul class="facts small">${[...h,...(0,c.o)(t)].map(m=>l`<li>${m}</li>`)}</ul>
${lr(t)}`,body:l`<h2>${g.length===0?"No findings":(0,c.q)(g.length,"finding")}</h2>
${g.length===0&&l`<p class="card">Nothing to mend.</p>`}${g.map(m=>Je(m,{id:f(m),packages:o,program:a,page:n}))}
<h2>Packages</h2>
${er(t)}
${t.publish&&t.publish.length>0&&l`<h2>To be published</h2>${tr(t.publish)}`}
${or(t)}`,foot:l`npmrc-preflight ${i}, command <code>${t.command}</code>. The same as data: report.json, schema ${t.schema}.`})}function ir(e,{version:r}){let{message:t,hint:a,file:n,line:i}=(0,w.c)(e);return ke({title:"\u2717 the check could not be made: npmrc-preflight",tone:"fail",head:l`<div class="brand">npmrc-preflight</div>
<h1><span class="mark" aria-hidden="true">&#10007;</span><span>The check could not be made</span></h1>`,body:l`<h2>Why</h2><article class="error"><h3>${t}</h3>
${n!==null&&l`<p><code>${n}${i!==null&&`:${i}`}</code></p>`}
${a!==null&&l`<div class="cure"><h4>What to do</h4><p>${a}</p></div>`}</article>`,foot:l`npmrc-preflight ${r}`})}function lr(e){let r=(0,c.p)(e);if(r.total===0)return null;let t=0,a=ar.flatMap(([i,o])=>r[i]===0?[]:[{state:i,word:o,count:r[i]}]),n=a.map(({state:i,count:o})=>{let s=o/r.total*100,p=l`<rect class="${i}" x="${t.toFixed(2)}" y="0" width="${s.toFixed(2)}" height="1"/>`;return t+=s,p});return l`<svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">${n}</svg>
<ul class="facts small">${a.map(({state:i,word:o,count:s})=>l`<li><span class="dot ${i}"></span><b>${s}</b> ${o}</li>`)}</ul>`}function or({scopes:e,files:r,exports:t}){let a=Object.entries(t);return e.length+r.length+a.length===0?null:l`<h2>Configuration</h2>
<div class="card"><ul class="plain">${e.map(({scope:n,prefix:i,registry:o,why:s})=>l`<li><b>${n??"unscoped packages"}</b> &rarr; ${i===null?"registry":`${i} prefix`}: ${s}<br><code>${o}</code></li>`)}${r.map(({path:n,action:i,diff:o})=>l`<li>${c.k[i]} <code>${n}</code>${o!==void 0&&l`<details><summary>The change</summary>${sr(o)}</details>`}</li>`)}${a.map(([n,i])=>l`<li>for later commands <code>${n}=${i}</code></li>`)}</ul></div>`}function sr(e){return l`<pre>${e.trimEnd().split(`
`).map(r=>r.startsWith("+")?l`<span class="plus">${r}</span>\n`:r.startsWith("-")?l`<span class="minus">${r}</span>\n`:l`${r}\n`)}</pre>`}var dr=[{name:"report.json",ofReport:c.s,ofProblem:null},{name:"report.html",ofReport:nr,ofProblem:ir},{name:"junit.xml",ofReport:Ue,ofProblem:Ge},{name:"codequality.json",ofReport:Re,ofProblem:Se},{name:"annotations.json",ofReport:Ne,ofProblem:(e,r)=>We(r)},{name:"preflight.env",ofReport:te,ofProblem:()=>te(null)}];0&&(module.exports={reportFiles});
