// Changes examples at random, keeps what reaches new code as a further example, and names every text that a parser stumbles over.
// The way to new code is seen by V8's own coverage. A text that fails is made small and left in test/fuzz/corpus for the tests.
// Usage: npm run fuzz -- [--seconds 60] [--seed 1] [--only npmrc]
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
  },
});
const root = join(import.meta.dirname, '..');
const folder = join(root, '.cache', 'test', `fuzz-${process.pid}`);
const program = join(folder, 'targets.mjs');
/** One text may take so many milliseconds for each 10 kB, and no less than that. */
const slow = 2000;
const batch = 25;

mkdirSync(folder, { recursive: true });
await build({
  absWorkingDir: root,
  entryPoints: ['test/fuzz/fuzz.ts'],
  outfile: program,
  bundle: true,
  platform: 'node',
  mainFields: ['module', 'main'],
  format: 'esm',
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
const session = new Session();
session.connect();
session.post('Profiler.enable');
session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
try {
  const { examplesOf, fuzzTargets, mutate, seededChoice } = await import(pathToFileURL(program).href);
  const names = Object.keys(fuzzTargets).filter((name) => name.includes(values.only));
  let failures = 0;
  for (const name of names) failures += fuzz(name, (Number(values.seconds) * 1000) / names.length);
  process.exitCode = failures === 0 ? 0 : 1;

  function fuzz(name, milliseconds) {
    const target = fuzzTargets[name];
    const corpus = examplesOf(name, join(root, 'test')).map(({ text }) => text);
    const faults = new Set();
    for (const text of corpus) attempt(target, text);
    const reached = places();
    const start = { corpus: corpus.length, reached: reached.size };
    const until = Date.now() + milliseconds;
    let runs = 0;
    while (Date.now() < until) {
      const texts = Array.from({ length: batch }, (_, at) => {
        const draw = seededChoice(`${values.seed} ${name} ${runs + at}`);
        return mutate(corpus[draw.below(corpus.length)], corpus, draw);
      });
      runs += batch;
      for (const text of texts) {
        const fault = attempt(target, text);
        const kind = fault?.replace(/\d+|".*"/g, '').slice(0, 120);
        if (fault === null || faults.has(kind)) continue;
        faults.add(kind);
        keep(name, target, text, fault);
      }
      const fresh = new Set([...places()].filter((place) => !reached.has(place)));
      // which of them it was
      for (const text of fresh.size > 0 ? texts : []) {
        attempt(target, text);
        const found = [...places()].filter((place) => fresh.delete(place));
        for (const place of found) reached.add(place);
        if (found.length > 0) corpus.push(text);
      }
    }
    console.log(
      `${name}: ${runs} texts, ${start.reached} to ${reached.size} places, ${start.corpus} to ${corpus.length} examples, ${faults.size} faults`,
    );
    return faults.size;
  }

  function attempt(target, text) {
    const began = performance.now();
    try {
      const wrong = target.check(text);
      if (wrong.length > 0) return wrong.join('; ');
    } catch (error) {
      return `threw ${error?.stack ?? error}`;
    }
    const took = performance.now() - began;
    return took > slow * Math.max(1, text.length / 10_000) ? `took ${took.toFixed(0)} ms` : null;
  }

  /** The places of the code that were reached since this was last asked. */
  function places() {
    const found = new Set();
    session.post('Profiler.takePreciseCoverage', (error, { result }) => {
      if (error) throw error;
      for (const { functions } of result.filter(({ url }) => url.endsWith('/targets.mjs'))) {
        for (const { ranges } of functions) {
          for (const { startOffset, endOffset, count } of ranges)
            if (count > 0) found.add(`${startOffset} ${endOffset}`);
        }
      }
    });
    return found;
  }

  function keep(name, target, text, fault) {
    let small = text;
    const same = (candidate) => attempt(target, candidate)?.slice(0, 40) === fault.slice(0, 40);
    for (let size = small.length >> 1; size > 0; size >>= 1) {
      for (let at = 0; at < small.length; ) {
        const candidate = small.slice(0, at) + small.slice(at + size);
        if (same(candidate)) small = candidate;
        else at += size;
      }
    }
    const mark = createHash('sha256').update(small).digest('hex').slice(0, 8);
    const path = join(root, 'test', 'fuzz', 'corpus', name, `crash-${mark}`);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, small);
    console.log(`${name}: ${fault.slice(0, 600)}\n  ${path}\n  ${JSON.stringify(small.slice(0, 400))}`);
  }
} finally {
  session.disconnect();
  rmSync(folder, { recursive: true, force: true });
}
