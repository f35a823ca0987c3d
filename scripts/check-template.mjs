// Checks, with nothing installed, what a release hands out: that the GitLab component carries dist/npmrc-preflight.cjs, and that a tag is the version
// of package.json. Usage: node scripts/check-template.mjs [TAG]
import { readFile } from 'node:fs/promises';
import { programIn } from './gitlab-template.mjs';

const [tag] = process.argv.slice(2);
const at = (path) => new URL(`../${path}`, import.meta.url);
const program = await readFile(at('dist/npmrc-preflight.cjs'));
const carried = programIn(await readFile(at('templates/npmrc-preflight.yml'), 'utf8'));
const { version } = JSON.parse(await readFile(at('package.json'), 'utf8'));

const faults = [
  ...(carried?.equals(program)
    ? []
    : ['templates/npmrc-preflight.yml does not carry dist/npmrc-preflight.cjs: run "npm run build"']),
  ...(tag && tag !== version ? [`the tag ${tag} is not the version of package.json, ${version}`] : []),
];
for (const fault of faults) console.error(`error: ${fault}`);
if (faults.length === 0)
  console.log(`npmrc-preflight ${version}: the component carries dist/npmrc-preflight.cjs`);
process.exitCode = faults.length === 0 ? 0 : 1;
