import type { DependencyKind } from '../domain/dependency.ts';
import { Secret } from '../domain/secret.ts';
import type { CommandName, InputDescription } from '../domain/usage.ts';
import { packageManager } from './package-manager.ts';
import * as plain from './plain-values.ts';
import { registryLines } from './registry-lines.ts';
import { orAuto, orNone, type ValueType, value } from './value-type.ts';
import { variableName } from './variable-name.ts';

/** One input as data: how it is read, and what help and documents say of it. */
export type InputRow<T> = Pick<
  InputDescription,
  'default' | 'defaultText' | 'summary' | 'meaning' | 'commands'
> & {
  type: ValueType<T>;
  only?: 'action';
  /** What the action gives when the workflow gives nothing, where that differs from `default`. */
  actionDefault?: string;
};

const judging = ['run', 'verify'] as const satisfies readonly CommandName[];
const checking = ['run', 'verify', 'fix'] as const satisfies readonly CommandName[];
const reporting = ['run', 'verify', 'demo'] as const satisfies readonly CommandName[];
const kinds = ['prod', 'dev', 'optional', 'peer'] as const satisfies readonly DependencyKind[];

/** A value that is never printed. */
const secret: ValueType<Secret> = {
  type: 'text',
  placeholder: 'TOKEN',
  allowed: null,
  unit: null,
  read: (text) => value(new Secret(text)),
};

/** Every input once. action.yml, the template, help, README and the type `Inputs` come from these rows. */
export const inputRows = {
  'working-directory': {
    type: plain.path,
    default: '.',
    defaultText: '.',
    summary: 'where package.json is',
    meaning: 'The folder of the package.json to check: with workspaces, the root.',
    commands: ['run', 'verify', 'fix', 'which', 'restore'],
  },
  scopes: {
    type: orAuto(plain.scopes),
    default: 'auto',
    defaultText: 'auto',
    summary: 'private scopes, like @acme,@tools',
    meaning:
      "Auto takes the scopes that the project's rc files map, that lockfiles resolve on the registry's host, that equal the root namespace of a job on GitLab, and those of `publishConfig`.",
    commands: ['run', 'verify', 'fix', 'which'],
  },
  registries: {
    type: orAuto(registryLines),
    default: 'auto',
    defaultText: 'auto',
    summary: 'lines @scope=URL [token=NAME] for other hosts',
    meaning:
      'One line for each scope whose registry the environment can not tell: other hosts, Verdaccio, Artifactory, GitLab from GitHub. `token=` takes the NAME of a variable.',
    commands: ['run', 'verify', 'fix', 'which'],
  },
  prefix: {
    type: plain.choice(['auto', 'instance', 'group', 'project']),
    default: 'auto',
    defaultText: 'auto',
    summary: 'GitLab npm route',
    meaning: 'Auto finds the route that serves every private package of a scope, and says why.',
    commands: checking,
  },
  'group-id': {
    type: plain.idOrPath,
    default: '',
    defaultText: 'from CI',
    summary: 'group for prefix group, id or path',
    meaning: 'Id or full path of the group whose route is used with `prefix: group`.',
    commands: checking,
  },
  'project-id': {
    type: plain.idOrPath,
    default: '',
    defaultText: 'from CI',
    summary: 'project for prefix project, id or path',
    meaning: 'Id or full path of the project whose route is used with `prefix: project`.',
    commands: checking,
  },
  'token-env': {
    type: variableName,
    default: '',
    defaultText: 'by CI',
    summary: 'NAME of the variable that holds the token',
    meaning: 'For example `CI_JOB_TOKEN` or `NPM_TOKEN`: the name of the variable, never its value.',
    commands: ['run', 'verify', 'fix', 'which'],
  },
  token: {
    type: secret,
    default: '',
    defaultText: 'github.token',
    summary: 'the token itself, for the action only',
    meaning:
      "The token for GitHub's own registry, or for the one server that lines of `registries` name without `token=`. It is masked, and written files only refer to it.",
    commands: judging,
    only: 'action',
    actionDefault: '${{ github.token }}',
  },
  'export-token': {
    type: plain.flag,
    default: 'true',
    defaultText: 'true',
    summary: 'whether later steps get the token',
    meaning:
      'The file that is written refers to the token by a variable, which every later step of the job then has. With `false` give it to the step that installs: the log names the variable.',
    commands: ['run'],
    only: 'action',
  },
  'api-token-env': {
    type: orNone(variableName),
    default: 'none',
    defaultText: 'none',
    summary: "NAME of a variable with a Maintainer's token",
    meaning:
      'A token that may read the settings of the package projects. It makes access findings certain, and `fix` adds entries with it.',
    commands: checking,
  },
  client: {
    type: orAuto(packageManager),
    default: 'auto',
    defaultText: 'auto',
    summary: 'package manager, like npm or pnpm@10.34.9',
    meaning:
      '`npm`, `pnpm`, `yarn`, `yarn-berry` or `bun`, with a version where it is not the installed one. Auto takes `packageManager`, the lockfile, `devEngines`.',
    commands: ['run', 'verify', 'fix', 'which', 'demo'],
  },
  config: {
    type: plain.choice(['user', 'project', 'none']),
    default: 'user',
    defaultText: 'user',
    summary: 'written to',
    meaning:
      '`user`: a user-level file outside the checkout. `project`: the rc file of the project. `none`: nowhere.',
    commands: ['run', 'restore'],
  },
  include: {
    type: plain.choices(kinds),
    default: 'prod,dev,optional,peer',
    defaultText: 'prod,dev,optional,peer',
    summary: 'dependency kinds',
    meaning: 'Name the kinds that the install of this job fetches.',
    commands: checking,
  },
  depth: {
    type: plain.choice(['locked', 'direct']),
    default: 'locked',
    defaultText: 'locked',
    summary: 'how far to look',
    meaning:
      '`locked` checks everything private in the lockfile and falls back to `direct` without one. `direct` checks what package.json names.',
    commands: checking,
  },
  publish: {
    type: plain.flag,
    default: 'false',
    defaultText: 'false',
    summary: 'also check the right to publish',
    meaning: "Whether this job may publish the project's own packages. Nothing is published.",
    commands: judging,
  },
  'fail-on': {
    type: plain.choice(['error', 'warning', 'never']),
    default: 'error',
    defaultText: 'error',
    summary: 'severity that fails',
    meaning: 'With `never` findings are reported and the exit code stays 0.',
    commands: reporting,
  },
  timeout: {
    type: plain.duration,
    default: '10',
    defaultText: '10 s',
    summary: 'time for one request, like 10 or 500ms',
    meaning: 'Seconds for one request, connection included; `500ms` and `1m` are understood.',
    commands: checking,
  },
  retries: {
    type: plain.wholeNumber(0, 10),
    default: '2',
    defaultText: '2',
    summary: 'further tries of a request that got no answer',
    meaning: 'After a lost connection, a 5xx or a 429. Refusals are never asked again.',
    commands: checking,
  },
  concurrency: {
    type: orAuto(plain.wholeNumber(1, 256)),
    default: 'auto',
    defaultText: 'auto',
    summary: 'requests at the same time',
    meaning: 'Auto keeps to what a registry takes without limiting the job.',
    commands: checking,
  },
  'report-dir': {
    type: plain.path,
    default: '',
    defaultText: 'by CI',
    summary: 'folder for the reports, none for no files',
    meaning:
      'JSON, HTML, JUnit, Code Quality, annotations and dotenv: see docs/reports.md. By CI: `.npmrc-preflight` with the template of GitLab, a folder in `RUNNER_TEMP` on GitHub, elsewhere none. `none` writes no files.',
    commands: reporting,
  },
  format: {
    type: plain.choice(['text', 'github', 'gitlab', 'json']),
    default: '',
    defaultText: 'by CI',
    summary: 'output',
    meaning: '`text` for people, `github` and `gitlab` with the marks of their logs, `json` for programs.',
    commands: ['run', 'verify', 'fix', 'which', 'demo'],
  },
} as const satisfies Record<string, InputRow<unknown>>;
