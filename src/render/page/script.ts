/** What the page does where scripts run: buttons that copy, and a filter of the packages. Without it everything is there to read. */
export const script = `(()=>{const d=document,on=(e,t,f)=>e.addEventListener(t,f),say=d.getElementById('said');
const copied=async t=>{try{await navigator.clipboard.writeText(t)}catch{const a=d.createElement('textarea');a.value=t;d.body.append(a);a.select();const ok=d.execCommand('copy');a.remove();if(!ok)return!1}return!0};
for(const b of d.querySelectorAll('.copy')){const p=b.querySelector('pre'),n=d.createElement('button');n.type='button';n.textContent='Copy';
on(n,'click',async()=>{const ok=await copied(p.dataset.copy??p.textContent);n.textContent=ok?'Copied':'Press Ctrl+C';say.textContent=ok?'Copied':'';
if(!ok)getSelection().selectAllChildren(p);n.focus();setTimeout(()=>{n.textContent='Copy'},2000)});b.append(n)}
const f=d.getElementById('filter');if(f){f.closest('[hidden]').hidden=!1;const rows=[...d.querySelectorAll('tr[data-name]')];
on(f,'input',()=>{const w=f.value.trim().toLowerCase();let n=0;for(const r of rows){const s=r.dataset.name.includes(w);r.hidden=!s;n+=s}
for(const x of d.querySelectorAll('details.rest'))if(w)x.open=!0;say.textContent=n+' of '+rows.length+' shown'})}
const aim=()=>{const e=d.getElementById(decodeURIComponent(location.hash.slice(1)));if(e){e.querySelectorAll('details').forEach(x=>{x.open=!0})}};aim();on(window,'hashchange',aim)})()`;
