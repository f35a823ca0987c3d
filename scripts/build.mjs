// Builds dist/: one CommonJS bundle for every use, and the licences of what is in it. Run twice, the bytes are the same.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { bundle } from './bundle.mjs';

const output = await bundle();
await mkdir(new URL('../dist/', import.meta.url), { recursive: true });
const said = [];
for (const [name, text] of Object.entries(output)) {
  const file = new URL(`../dist/${name}`, import.meta.url);
  const current = await readFile(file, 'utf8').catch(() => null);
  if (current !== text) await writeFile(file, text);
  said.push(`dist/${name} ${Buffer.byteLength(text)} bytes${current === text ? ', unchanged' : ''}`);
}
console.log(said.join('\n'));
