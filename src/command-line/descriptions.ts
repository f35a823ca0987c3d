import type {
  CommandDescription,
  CommandName,
  ExitCodeDescription,
  FlagDescription,
} from '../domain/usage.ts';

/** The commands that can be asked for, in the order of the help. */
export const commands: readonly CommandDescription[] = [
  {
    name: 'run',
    argument: null,
    summary: 'write the configuration, check every package (default)',
    meaning: 'Plans, writes the configuration, asks the registry what the install will ask, and reports.',
  },
  {
    name: 'verify',
    argument: null,
    summary: 'check with the configuration that is there, write nothing',
    meaning: 'Judges the configuration that is there, as the package manager resolves it.',
  },
  {
    name: 'which',
    argument: '[PACKAGE]',
    summary: 'which registry and credential line a package would use',
    meaning:
      'Says which registry and which credential line (file, line) would be used, and whether a token is sent.',
  },
  {
    name: 'explain',
    argument: '[CODE]',
    summary: 'the page of a cause; without a code the list',
    meaning: 'Prints what a cause is, why it happens, what proves it and how to fix it.',
  },
  {
    name: 'restore',
    argument: null,
    summary: 'take back what run wrote; safe to call twice',
    meaning: 'Takes back what run wrote. What changed since stays.',
  },
  {
    name: 'fix',
    argument: null,
    summary: 'add the allowlist entries that are missing for certain',
    meaning:
      'Checks as verify does and shows the allowlist entries that confirmed findings call for; with `--yes` adds them and checks again. Needs `api-token-env`.',
  },
  {
    name: 'demo',
    argument: '[SCENARIO]',
    summary: 'the whole thing against embedded registries',
    meaning:
      'Runs against embedded registries of GitLab and GitHub on this machine: no server, token or install is needed.',
  },
  {
    name: 'completion',
    argument: 'SHELL',
    summary: 'completion for bash, zsh or fish',
    meaning: 'Prints a script for the shell to read, like `source <(npmrc-preflight completion bash)`.',
  },
];

const everywhere: readonly CommandName[] = commands.map(({ name }) => name);

/** The options that are no inputs, in the order of the help. */
export const flagDescriptions: readonly FlagDescription[] = [
  {
    name: 'dry-run',
    short: null,
    placeholder: null,
    summary: 'write nothing, show each change as a diff',
    commands: ['run'],
  },
  {
    name: 'offline',
    short: null,
    placeholder: null,
    summary: 'ask no server, static findings only',
    commands: ['run', 'verify'],
  },
  {
    name: 'url',
    short: null,
    placeholder: 'URL',
    summary: 'ask for a URL instead of a package',
    commands: ['which'],
  },
  {
    name: 'entry',
    short: null,
    placeholder: 'KIND',
    summary: 'what to add: project (default), or the group right above it',
    commands: ['fix'],
  },
  { name: 'yes', short: null, placeholder: null, summary: 'apply the changes', commands: ['fix'] },
  {
    name: 'verbose',
    short: null,
    placeholder: null,
    summary: 'list packages and evidence',
    commands: ['run', 'verify', 'fix', 'demo'],
  },
  { name: 'no-color', short: null, placeholder: null, summary: 'no colours', commands: everywhere },
  {
    name: 'help',
    short: 'h',
    placeholder: null,
    summary: 'this help; with a command, its own',
    commands: everywhere,
  },
  { name: 'version', short: null, placeholder: null, summary: 'the version', commands: everywhere },
];

/** What the exit codes mean. */
export const exitCodes: readonly ExitCodeDescription[] = [
  { code: 0, meaning: 'pass (warnings allowed)' },
  { code: 1, meaning: 'findings at or above `fail-on`' },
  { code: 2, meaning: 'wrong usage or unreadable project files' },
  { code: 3, meaning: 'undecided because a server could not be asked' },
];
