import { preflight } from '../../src/app.ts';
import { scenarioWorld } from '../../src/demo/play-scenario.ts';
import type { Outcome, Question } from '../../src/domain/probe.ts';
import type { Edit } from '../../src/domain/remedy.ts';
import type { Finding, Report } from '../../src/domain/report.ts';
import { readInputs } from '../../src/inputs.ts';
import type { Http } from '../../src/io/http.ts';
import { headerOf, httpOver, outcomeOf } from '../proof/direct-http.ts';
import { type AppliedMending, type MendingKind, mendedBy } from './mendings.ts';
import { allLines, at, type MixedWorld, nameOf } from './mixed-world.ts';
import { configOf, scenarioOf } from './world-files.ts';
import { Servers } from './world-model.ts';
import { askedIn, dependencyOf, mended, type Needed, WorldTruth } from './world-truth.ts';

/** What was found of one world. `faults` are sentences; none where everything is right. */
export interface MixedJudgement {
  faults: readonly string[];
  failing: number;
  confirmed: number;
  /** Rounds of remedies until the world is green, `null` where that was not looked at. */
  steps: number | null;
  /** Requests, those of the install itself, and the failing places. */
  requests: { count: number; own: number };
  verdict: Report['verdict'];
}

interface Ran {
  report: Report;
  asked: readonly Question[];
}

const mostSteps = 10;

/** Runs the step on a world and holds its report against the truth of the model. */
export class MixedJudge {
  readonly servers = new Servers();
  readonly truth = new WorldTruth(this.servers);
  /** Hears of each world on the way to green. */
  onStep: (world: MixedWorld, report: Report) => void = () => {};

  async judge(world: MixedWorld, { walk }: { walk: boolean }): Promise<MixedJudgement> {
    const { report, asked } = await this.run(world);
    const faults: string[] = [];
    const { failing, required } = this.verdictFaults(world, report, faults);
    this.findingFaults(world, report, failing, faults);
    leakFaults(world, report, asked, faults);
    const steps = walk && required ? await this.walk(world, report, faults) : null;
    const confirmed = failing.filter((one) =>
      report.findings.some(
        (finding) => finding.certainty === 'confirmed' && namesOne(world, finding, one, report),
      ),
    ).length;
    const own = asked.filter(({ probe }) => probe === 'metadata' || probe === 'tarball').length;
    return {
      faults,
      failing: failing.length,
      confirmed,
      steps,
      requests: { count: asked.length, own },
      verdict: report.verdict,
    };
  }

  /** The whole step on a world. */
  async run(world: MixedWorld): Promise<Ran> {
    const scenario = scenarioOf(world);
    const scopes = [...new Set(allLines(world).map(({ scope }) => scope))].join(',');
    const reading = readInputs({
      args: new Map(world.scopesGiven ? [['scopes', [scopes]]] : []),
      env: {},
    });
    if (reading.kind === 'usage') throw new Error(reading.message);
    const servers = this.servers.of(world);
    const asked: Question[] = [];
    const http: Http = httpOver((question): Outcome => {
      asked.push(question);
      const { origin } = new URL(question.url);
      const server = servers.find(({ url }) => url === origin) ?? servers[0];
      if (!server) throw new Error('no server');
      return outcomeOf(server, question);
    });
    const place = { ...scenarioWorld(scenario, '0.0.0-test', (origin) => origin), http: () => http };
    const result = await preflight(place, {
      command: 'verify',
      inputs: reading.inputs,
      dryRun: false,
      offline: false,
    });
    if (result.kind !== 'report') throw new Error(JSON.stringify(result));
    // which package a stale lockfile lacks says nothing of its access
    const findings = result.report.findings.filter(({ cause }) => cause !== 'lockfile-out-of-step');
    return { report: { ...result.report, findings }, asked };
  }

  verdictFaults(world: MixedWorld, report: Report, faults: string[]) {
    const needed = this.truth.needed(world);
    const failing = needed.filter((one) => this.truth.fetch(world, one).kind === 'failed');
    const required = failing.filter((one) => !this.truth.isDispensable(world, one));
    const expected = required.length > 0 ? 'fail' : 'pass';
    const got = report.verdict === 'undecided' ? 'fail' : report.verdict;
    if (expected !== got) {
      const names = required.map((one) => labelsOf(world, one, this.truth)[0]).join(' ');
      faults.push(
        `verdict ${report.verdict}, but the install ${expected === 'fail' ? `fails: ${names}` : 'works'}`,
      );
    }
    return { failing, required: required.length > 0 };
  }

  findingFaults(world: MixedWorld, report: Report, failing: readonly Needed[], faults: string[]): void {
    const findings = report.findings.filter(({ packages }) => packages.length > 0);
    const causes = new Map(
      failing.map((one) => [one, [...this.truth.causes(world, one), ...this.truth.leadingOn(world, one)]]),
    );
    for (const one of failing) {
      // what bears one label is spoken of together
      const label = labelsOf(world, one, this.truth)[0] ?? '';
      const alike = failing.filter((other) => labelsOf(world, other, this.truth)[0] === label);
      if (alike[0] !== one) continue;
      const true_ = alike.flatMap((other) => causes.get(other) ?? []);
      const kinds = new Set(true_.map(({ kind }) => kind));
      const naming = findings.filter((finding) => namesOne(world, finding, one, report, this.truth));
      const truth = true_.map(({ what }) => what).join(', ');
      if (naming.length === 0) {
        faults.push(`unnamed: ${label} (true: ${truth})`);
        continue;
      }
      const said = naming.flatMap(({ cause, alternatives }) => [cause, ...alternatives]);
      const told = naming.flatMap(kindsOf);
      if (!told.some((kind) => kinds.has(kind)))
        faults.push(`no true cause: ${said.join(' ')} for ${label} (true: ${truth})`);
      for (const finding of naming) {
        if (finding.certainty === 'confirmed') this.confirmedFaults(world, finding, alike, true_, faults);
      }
    }
    for (const finding of findings) {
      for (const label of finding.packages) {
        if (finding.severity === 'info' || standing.has(finding.cause)) continue;
        const sufferers = failing.filter((one) => labelsOf(world, one, this.truth).includes(label));
        if (sufferers.length === 0)
          faults.push(`${finding.certainty} ${finding.cause} names ${label}, which does not fail`);
      }
    }
    const seen = new Set<string>();
    for (const { code, certainty, title, severity, alternatives } of findings) {
      const key = JSON.stringify([code, certainty, title, severity, alternatives]);
      if (seen.has(key)) faults.push(`said twice: ${code} ${title}`);
      seen.add(key);
    }
  }

  confirmedFaults(
    world: MixedWorld,
    finding: Finding,
    alike: readonly Needed[],
    true_: readonly AppliedMending[],
    faults: string[],
  ): void {
    const kinds = kindsOf({ ...finding, alternatives: [] });
    const fitting = true_.filter(({ kind }) => kinds.includes(kind));
    const [one] = alike;
    if (one === undefined) return;
    const label = labelsOf(world, one, this.truth)[0];
    const truth = true_.map(({ what }) => what).join(', ');
    if (fitting.length === 0) {
      faults.push(`confirmed ${finding.cause} for ${label} (true: ${truth})`);
      return;
    }
    const { title, remedy } = finding;
    const about = fitting.flatMap(({ project }) => (project === null ? [] : [at(world.projects, project)]));
    if (about.length > 0) {
      const id = /\bproject (\d+)\b/.exec(`${title} ${remedy.summary}`)?.[1];
      if (
        id !== undefined &&
        !about.some((project) => String(project.id) === id) &&
        finding.cause !== 'project-not-found'
      )
        faults.push(`confirmed ${finding.cause} for ${label} speaks of project ${id} (true: ${truth})`);
      const path = world.projects.find((project) => remedy.url?.includes(`/${project.path}/-/`));
      if (path && !about.includes(path))
        faults.push(`confirmed ${finding.cause} for ${label} leads to ${path.path} (true: ${truth})`);
    }
    if (
      finding.cause === 'role-missing' &&
      title.startsWith('alice ') &&
      !fitting.some(({ what }) => what.endsWith(' alice'))
    )
      faults.push(`confirmed role-missing of alice for ${label} (true: ${truth})`);
    if (remedy.request && !this.requestHelps(world, finding, one, fitting))
      faults.push(
        `the request of ${finding.cause} does not help ${label}: ${JSON.stringify(remedy.request)}`,
      );
    const { edit } = remedy;
    if (edit && !alike.some((each) => this.editHelps(world, edit, each, kinds)))
      faults.push(
        `the edit of ${finding.cause} does not help ${label}: ${JSON.stringify(edit)} (true: ${truth})`,
      );
  }

  requestHelps(
    world: MixedWorld,
    { remedy, cause }: Finding,
    _one: Needed,
    fitting: readonly AppliedMending[],
  ): boolean {
    const match = /\/projects\/([^/]+)\//.exec(remedy.request?.url ?? '');
    const asked = decodeURIComponent(match?.[1] ?? '');
    const origin = URL.parse(remedy.request?.url ?? '')?.origin;
    const data: Readonly<Record<string, string | number>> = remedy.request?.data ?? {};
    return fitting.some(({ project, what }) => {
      if (project === null) return false;
      const { id, path, server } = at(world.projects, project);
      if (cause === 'not-on-allowlist' && data.target_project_id !== 512) return false;
      if (cause === 'role-missing' && !what.endsWith(` ${data.username}`)) return false;
      return (asked === String(id) || asked === path) && origin === at(world.servers, server).url;
    });
  }

  /** Whether the package gets further with this edit in place of the mendings that it stands for, everything else mended. A variable that the world has not is somebody's to fill. */
  editHelps(world: MixedWorld, edit: Edit, one: Needed, kinds: readonly string[]): boolean {
    const variable = /\$\{(\w+)-?\}/.exec(edit.after ?? '')?.[1];
    if (variable !== undefined && !world.tokens.some((token) => token.variable === variable)) return true;
    const held = ['publish', 'version', 'project'];
    return [[], held].some((places) => this.#getsFurther(world, edit, one, [...kinds, 'prefix', ...places]));
  }

  #getsFurther(world: MixedWorld, edit: Edit, one: Needed, kept: readonly string[]): boolean {
    const ofKeys = /_authToken|npmAuthToken/.test(edit.after ?? '');
    const others = this.truth
      .mendings(world, one)
      .filter(({ kind, what }) => !kept.includes(kind) && !(ofKeys && what.startsWith('keys of their own')));
    const next = mended(world, others);
    const files = configOf(next);
    const name = edit.file.split(/[\\/]/).at(-1) ?? '';
    // the file may differ from the one that the edit counts its lines in: the line is found by what it says
    const text = edited(configOf(world)[name] ?? '', files[name] ?? '', edit);
    if (text === null) return false;
    return this.truth.fetch(next, one, { [name]: text }).step > this.truth.fetch(next, one).step;
  }

  /** Carries the remedies out, round after round, until the step passes. */
  async walk(start: MixedWorld, first: Report, faults: string[]): Promise<number | null> {
    let world = start;
    let report = first;
    for (let step = 0; step <= mostSteps; step++) {
      if (report.verdict === 'pass') return step;
      const failing = this.truth
        .needed(world)
        .filter((one) => this.truth.fetch(world, one).kind === 'failed');
      const before = JSON.stringify(world);
      const errors = report.findings.filter(({ packages }) => packages.length > 0);
      const confirmed = errors.filter(({ certainty }) => certainty === 'confirmed');
      for (const finding of errors) {
        const certain = finding.certainty === 'confirmed';
        const kinds = new Set(kindsOf(certain ? { ...finding, alternatives: [] } : finding));
        if (confirmed.length > 0 && !certain) continue;
        for (const one of failing) {
          if (!namesOne(world, finding, one, report, this.truth)) continue;
          const able = this.truth.mendings(world, one).filter(({ kind }) => kinds.has(kind));
          const causes = new Set(this.truth.causes(world, one).map(({ what }) => what));
          const helping = able.filter(({ what }) => causes.has(what));
          world = mended(world, oneWay(helping.length > 0 ? helping : able));
        }
      }
      if (JSON.stringify(world) === before) {
        faults.push(
          `after ${step} steps no remedy of ${errors.map(({ cause }) => cause).join(' ')} changes anything`,
        );
        return null;
      }
      report = (await this.run(world)).report;
      this.onStep(world, report);
      const inner: string[] = [];
      const { failing: left } = this.verdictFaults(world, report, inner);
      this.findingFaults(world, report, left, inner);
      faults.push(...inner.map((fault) => `after ${step + 1} steps: ${fault}`));
      if (inner.length > 0) return null;
    }
    faults.push(`not green after ${mostSteps} steps`);
    return null;
  }
}

/** Findings of the configuration alone, which name packages that may install all the same. */
const standing: ReadonlySet<string> = new Set(['token-in-file', 'git-dependency', 'overridden-by-other-rc']);

/** What a finding asks to be mended. Of a group prefix NP305 says that the group is not there or that the token does not see it. */
function kindsOf({ cause, alternatives, title }: Finding): readonly MendingKind[] {
  const unseen: readonly MendingKind[] =
    cause === 'project-not-found' && title.startsWith('group ') ? ['role', 'reach'] : [];
  return [...unseen, ...[cause, ...alternatives].flatMap((one) => mendedBy[one] ?? [])];
}

/** A package that several ways would mend is mended in one. */
function oneWay(mendings: readonly AppliedMending[]): readonly AppliedMending[] {
  const ways = ['prefix', 'publish', 'version', 'lock'] as const;
  const first = mendings.find(({ kind }) => (ways as readonly string[]).includes(kind));
  return mendings.filter(
    (mending) => mending === first || !(ways as readonly string[]).includes(mending.kind),
  );
}

/** The names by which findings may speak of a package. */
function labelsOf(world: MixedWorld, one: Needed, truth?: WorldTruth): readonly string[] {
  const name = nameOf(world, one.package);
  const { range } = askedIn(world, one);
  const locked = dependencyOf(world, one).locked?.version;
  const version = truth?.fetch(world, one).version;
  return [locked, version, range].filter((text) => text != null).map((text) => `${name}@${text}`);
}

function namesOne(
  world: MixedWorld,
  { packages }: Finding,
  one: Needed,
  _report: Report,
  truth?: WorldTruth,
): boolean {
  return labelsOf(world, one, truth).some((label) => packages.includes(label));
}

function leakFaults(world: MixedWorld, report: Report, asked: readonly Question[], faults: string[]): void {
  const text = JSON.stringify(report);
  for (const { value, variable } of world.tokens)
    if (text.includes(value)) faults.push(`the report holds the value of ${variable}`);
  for (const question of asked) {
    const header = headerOf(question);
    if (header.kind !== 'header') continue;
    const { origin } = new URL(question.url);
    for (const token of world.tokens) {
      if (!header.value.includes(token.value)) continue;
      const home = at(world.servers, token.server).url;
      const { host } = new URL(origin);
      const keyed = world.keys.some(
        (key) => at(world.tokens, key.token) === token && at(world.servers, key.server).url.includes(host),
      );
      if (origin !== home && !keyed)
        faults.push(`${token.variable} was sent to ${origin} (${question.probe})`);
    }
  }
}

/** The text after an edit. `null` where the line is not the one that the edit describes. */
function edited(before: string, now: string, edit: Edit): string | null {
  if (edit.line === null) return merged(now, edit.after ?? '');
  const line = before.split('\n')[edit.line - 1] ?? '';
  const start = (edit.before ?? '').replace(/…$/, '');
  if (!plain(line).startsWith(plain(start))) return null;
  const lines = now.split('\n');
  const place = lines.indexOf(line);
  if (place < 0) return now;
  const indent = /^\s*/.exec(line)?.[0] ?? '';
  const { after } = edit;
  lines.splice(place, 1, ...(after === null ? [] : [after.startsWith(indent) ? after : `${indent}${after}`]));
  return lines.join('\n');
}

function plain(text: string): string {
  return text
    .replace(/["']/g, '')
    .replace(/\s*=\s*/, '=')
    .trim();
}

/** A block of Yarn 2+ that is added goes into the block of its name. */
function merged(text: string, added: string): string {
  const [head, ...rest] = added.split('\n');
  if (head !== 'npmScopes:' || !text.includes('\nnpmScopes:\n')) return `${text}${added}\n`;
  const [scope = '', ...inside] = rest;
  const lines = text.split('\n');
  const known = lines.indexOf(scope);
  if (known < 0) lines.splice(lines.indexOf('npmScopes:') + 1, 0, ...rest);
  else {
    const keys = inside.map((line) => line.trim().split(':')[0] ?? '');
    let end = known + 1;
    while (lines[end]?.startsWith('    ')) {
      if (keys.some((key) => lines[end]?.trim().startsWith(`${key}:`))) lines.splice(end, 1);
      else end++;
    }
    lines.splice(known + 1, 0, ...inside);
  }
  return lines.join('\n');
}
