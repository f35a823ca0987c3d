import * as fs from 'node:fs';
import { join } from 'node:path';
import { preflight } from '../../src/app.ts';
import type { Finding, Report } from '../../src/domain/report.ts';
import { readInputs } from '../../src/inputs.ts';
import type { Clock } from '../../src/io/clock.ts';
import { createHttp } from '../../src/io/http.ts';
import { realWorld } from '../../src/io/real-world.ts';
import type { World } from '../../src/io/world.ts';
import { presentReport } from '../../src/present.ts';
import { filesBelow, findLeaks } from '../support/leak-scan.ts';
import { type FaultPlan, faultPlan, type Truth } from './fault-plan.ts';
import { proxyPassword } from './faulty-proxy.ts';
import { type FaultyWorld, faultyWorld, token, userFile } from './faulty-world.ts';

/** What a run under faults came to. `broken` names every promise that it broke: empty when all is well. */
export interface FaultsPlayed {
  seed: number;
  exitCode: number | null;
  /** Codes of the findings, `!` behind what is confirmed. */
  codes: readonly string[];
  faults: readonly string[];
  broken: readonly string[];
}

/** No run may take longer, whatever it meets: milliseconds. A whole one on an idle machine takes well below a second. */
const watchdog = 45_000;

/** Waits between attempts are real but short: what a server asks for is minutes. */
const hastyClock: Clock = {
  now: () => Date.now(),
  wait: (milliseconds, signal) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, Math.min(20, milliseconds / 100));
      signal.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      });
    }),
};

/** The causes that may be told of a truth as certain, beside those of the network. */
const trueCauses: Readonly<Record<Truth, readonly string[]>> = {
  allowed: [],
  'not-on-allowlist': ['NP301'],
  'no-role': ['NP302'],
  'finished-token': ['NP202'],
};

/** Runs the whole program in this process, as the plan of the seed has it, and holds the promises against what came of it. */
export async function playFaults(seed: number): Promise<FaultsPlayed> {
  const plan = faultPlan(seed);
  const world = await faultyWorld(plan);
  try {
    const before = fs.readFileSync(join(world.home, '.npmrc'));
    const machine = machineOf(world);
    const ended = await inTime(runOnce(machine, plan));
    if (ended === null) return played(plan, world, null, [`still running after ${watchdog} ms`]);
    if (ended.kind === 'other') return played(plan, world, null, [`no report: ${ended.why}`]);
    const { report, printed, exitCode } = ended;
    const written = fs.readFileSync(join(world.home, '.npmrc'), 'utf8');
    const broken = [
      ...contractFaults(report, exitCode),
      ...causeFaults(report, plan, world),
      ...passFaults(report, world),
      ...leakFaults(world, printed),
      ...(written.startsWith(userFile) ? [] : ['the user file lost its own lines']),
    ];
    machine.restore();
    if (!fs.readFileSync(join(world.home, '.npmrc')).equals(before)) broken.push('restore gave other bytes');
    if (plan.calm) broken.push(...calmFaults(report, plan.truth));
    return played(plan, world, report, broken);
  } finally {
    await world.close();
  }
}

/** One line that says how to see a failure again. */
export function failureLine({ seed, exitCode, codes, faults, broken }: FaultsPlayed): string {
  const plan = faultPlan(seed);
  const { truth, way, command, locked } = plan;
  const scene = `${truth}, ${way}, ${command}${locked ? ', locked' : ''}${plan.objectStorage ? ', storage' : ''}`;
  return [
    `seed ${seed} (${scene}), exit code ${exitCode}, ${codes.join(' ') || 'no findings'}`,
    ...broken.map((one) => `  ${one}`),
    ...faults.slice(0, 12).map((one) => `    ${one}`),
  ].join('\n');
}

function machineOf(world: FaultyWorld): World {
  const { env, checkout: directory } = world;
  const machine = realWorld({ version: '0.0.0-test', env, directory, platform: process.platform });
  return {
    ...machine,
    findClient: async (name) => (name === 'npm' ? { version: '10.9.2', globalConfig: null } : null),
    http: (limits) => createHttp({ ...limits, version: '0.0.0-test', env, clock: hastyClock }),
  };
}

type Ended =
  | { kind: 'report'; report: Report; printed: Readonly<Record<string, string>>; exitCode: number }
  | { kind: 'other'; why: string };

async function runOnce(machine: World, plan: FaultPlan): Promise<Ended> {
  const given = {
    timeout: `${plan.timeout}ms`,
    retries: `${plan.retries}`,
    'report-dir': 'preflight-report',
    ...(plan.concurrency === null ? {} : { concurrency: `${plan.concurrency}` }),
  };
  const reading = readInputs({
    args: new Map(Object.entries(given).map(([name, value]) => [name, [value]])),
    env: machine.env,
  });
  if (reading.kind === 'usage') return { kind: 'other', why: reading.message };
  const { command } = plan;
  const result = await preflight(machine, { command, inputs: reading.inputs, dryRun: false, offline: false });
  if (result.kind !== 'report') return { kind: 'other', why: JSON.stringify(result) };
  const printed: Record<string, string> = {};
  let exitCode = -1;
  for (const format of ['text', 'gitlab', 'github', 'json'] as const) {
    const source = { kind: 'input', name: 'format' } as const;
    const inputs = { ...reading.inputs, format: { value: format, source } };
    const shown = await presentReport(machine, result, {
      inputs,
      color: format === 'gitlab',
      complaintColor: false,
      width: 100,
      program: 'node dist/index.js',
      verbose: true,
      now: 0,
    });
    printed[format] = `${shown.output}${shown.complaint}`;
    exitCode = shown.exitCode;
  }
  return { kind: 'report', report: result.report, printed, exitCode };
}

function inTime<T>(work: Promise<T>): Promise<T | null> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(null), watchdog);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function contractFaults(report: Report, exitCode: number): readonly string[] {
  const due = { pass: 0, fail: 1, undecided: 3 }[report.verdict];
  return [
    ...(exitCode === due ? [] : [`exit code ${exitCode} for the verdict ${report.verdict}`]),
    ...report.findings
      .filter(({ code }) => code === 'NP901')
      .map(({ title, seen }) => `crashed: ${title} ${seen}`),
    ...(report.verdict !== 'pass' && report.findings.length === 0 ? ['it fails without a finding'] : []),
  ];
}

/** What is certain must be true: an access cause only where it is so, and another content of a tarball only where there was one. */
/** Somebody else sent the very tarball to a nobody whom GitLab had sent there: just what a GitLab with an object storage does. */
function isLikeStorage({ evidence }: Finding, { strangers }: FaultyWorld): boolean {
  return evidence.some(
    ({ probe, status, url }) =>
      probe === 'as-nobody:tarball' &&
      status === 200 &&
      strangers.some(({ origin }) => url.startsWith(`${origin}/`)),
  );
}

function causeFaults({ findings }: Report, plan: FaultPlan, world: FaultyWorld): readonly string[] {
  const { front } = world;
  // a proxy that reads an answer on to the end of its connection passes the half of it on as a whole one
  const cut = plan.way.startsWith('proxy') && !plan.secure;
  const spoiled = front.done.some(
    (one) =>
      /^(?:shortened|lengthened|length-too-small|one-bit|garbage-body|gzip-bomb|old-protocol|part-of-it|redirect-(?:elsewhere|to-other))/.test(
        one,
      ) ||
      (cut && one.startsWith('cut-without-length')),
  );
  const allowed = [...trueCauses[plan.truth], ...(spoiled ? ['NP504'] : [])];
  return findings
    .filter(
      (finding) =>
        finding.certainty === 'confirmed' &&
        !/^NP4|^NP902/.test(finding.code) &&
        !allowed.includes(finding.code) &&
        !isLikeStorage(finding, world),
    )
    .map(({ code, title, seen }) => `false cause ${code}: ${title} (${seen})`);
}

function passFaults({ verdict }: Report, world: FaultyWorld): readonly string[] {
  if (verdict !== 'pass') return [];
  const whole = world.servedWhole();
  return world.needed
    .filter((name) => !whole.has(name))
    .map((name) => `passes although ${name} never came whole`);
}

function leakFaults(world: FaultyWorld, printed: Readonly<Record<string, string>>): readonly string[] {
  const handedOn = `private_token=${token}`;
  const heard = Object.fromEntries(
    world.strangers.map(({ origin, heard: heads }) => [
      `a request to ${origin}`,
      heads.join('\n').replaceAll(handedOn, ''),
    ]),
  );
  const tunnels = world.proxy ? { 'a tunnel of the proxy': world.proxy.seen.join('\n') } : {};
  const places = { ...printed, ...filesBelow(world.root), ...heard };
  return [
    ...findLeaks(token, { ...places, ...tunnels }).map(({ place, form }) => `token in ${place} (${form})`),
    ...findLeaks(proxyPassword.slice(5), places).map(({ place, form }) => `password in ${place} (${form})`),
    ...world.strangers.flatMap(({ heard: heads }) =>
      heads
        .filter((head) => /^(?:proxy-)?authorization$|^job-token$|^private-token$|^cookie$/im.test(head))
        .map((head) => `a credential for another origin: ${head.split('\n')[0]}`),
    ),
    ...world.gitlab.storageRequests
      .filter(({ authorization }) => authorization !== 'none')
      .map(({ authorization }) => `the object storage got a credential: ${authorization}`),
    ...world.front.strayHeaders.map((one) => `${one}: meant for the proxy`),
  ];
}

/** With nothing in the way the run comes to the truth: else the promises above would be kept by saying nothing. */
function calmFaults({ verdict, findings }: Report, truth: Truth): readonly string[] {
  if (truth === 'allowed') return verdict === 'pass' ? [] : [`a calm run that may all comes to ${verdict}`];
  const codes = findings.filter(({ certainty }) => certainty === 'confirmed').map(({ code }) => code);
  return verdict === 'fail' && trueCauses[truth].some((code) => codes.includes(code))
    ? []
    : [`a calm run with ${truth} comes to ${verdict} ${codes.join(' ')}`];
}

function played(
  { seed }: FaultPlan,
  world: FaultyWorld,
  report: Report | null,
  broken: readonly string[],
): FaultsPlayed {
  return {
    seed,
    exitCode: report?.exitCode ?? null,
    codes:
      report?.findings.map(({ code, certainty }) => `${code}${certainty === 'confirmed' ? '!' : '?'}`) ?? [],
    faults: world.front.done,
    broken,
  };
}
