// Preloaded into the program under test: ends it, or lets a call of the file system fail, at one numbered call that changes a file below
// a folder. BREAK_WRITES is JSON: { below, at, how: "kill-before" | "kill-amid" | "kill-after" | "count" | an error code }.
// A count is written to the file `counted`.
const fs = require('node:fs');
const { writeFileSync, writeSync } = fs;

const { below, at, how, counted } = JSON.parse(process.env.BREAK_WRITES);
const ours = new Set();
let calls = 0;

const changing = [
  'mkdirSync',
  'openSync',
  'writeFileSync',
  'appendFileSync',
  'fchmodSync',
  'fsyncSync',
  'closeSync',
  'linkSync',
  'renameSync',
  'rmSync',
  'rmdirSync',
  'unlinkSync',
  'chmodSync',
];

function concerns(name, [first, second]) {
  if (typeof first === 'number') return ours.has(first);
  if (typeof first !== 'string' || !first.startsWith(below)) return false;
  return name !== 'openSync' || (typeof second === 'string' && second !== 'r');
}

function end() {
  process.kill(process.pid, 'SIGKILL');
  // the signal is on its way: nothing more may happen
  for (;;);
}

for (const name of changing) {
  const real = fs[name];
  fs[name] = (...given) => {
    const counts = concerns(name, given);
    if (counts) calls += 1;
    const now = counts && calls === at;
    if (now && how === 'kill-before') end();
    if (now && how === 'kill-amid' && name === 'writeFileSync') {
      const bytes = Buffer.from(given[1]);
      writeSync(given[0], bytes.subarray(0, bytes.length >> 1));
    }
    if (now && how === 'kill-amid') end();
    if (now && /^E[A-Z]+$/.test(how)) {
      if (name === 'closeSync') real(...given);
      throw Object.assign(new Error(`${how}: ${name}`), { code: how });
    }
    const result = real(...given);
    if (now && how === 'kill-after') end();
    if (name === 'openSync' && counts) ours.add(result);
    if (name === 'closeSync') ours.delete(given[0]);
    return result;
  };
}

if (how === 'count') process.on('exit', () => writeFileSync(counted, String(calls)));
