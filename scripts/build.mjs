// Builds dist/: the program in parts and in one file, and the licences of what is in it; and the GitLab component that carries the one file. Run twice,
// the bytes are the same.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { bundle } from './bundle.mjs';
import { gitlabTemplate } from './gitlab-template.mjs';

const said = [];
const output = await bundle();
for (const [name, text] of Object.entries(output)) await put(`dist/${name}`, text);
for (const name of await readdir(at('dist/'))) if (!(name in output)) await rm(at(`dist/${name}`));
const template = 'templates/npmrc-preflight.yml';
const { version } = JSON.parse(await readFile(at('package.json'), 'utf8'));
const program = Buffer.from(output['npmrc-preflight.cjs']);
await put(template, await gitlabTemplate({ program, version, previous: await textAt(template) }));
console.log(said.join('\n'));

async function put(path, text) {
  const current = await textAt(path);
  await mkdir(at('.', at(path)), { recursive: true });
  if (current !== text) await writeFile(at(path), text);
  said.push(`${path} ${Buffer.byteLength(text)} bytes${current === text ? ', unchanged' : ''}`);
}

function textAt(path) {
  return readFile(at(path), 'utf8').catch(() => null);
}

function at(path, base = new URL('../', import.meta.url)) {
  return new URL(path, base);
}
