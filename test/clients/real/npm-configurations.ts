import { manifest } from '../../../src/demo/scenario.ts';
import type { NpmMajor } from '../../support/runtimes.ts';
import type { Addresses, JobFiles } from './gitlab-job.ts';

/** How a configuration ends: an install, or the cause that `verify` has to name and what npm says. */
export type End = 'installs' | { code: string; npm: RegExp };

/**
 * A configuration as a person might leave it behind, and what becomes of `npm install` (or `npm ci` with `locked`) with it. Where npm's
 * versions differ, the end is given for each.
 */
export interface Configuration {
  name: string;
  /** The relative root of the GitLab. */
  root?: '/gitlab';
  /** A lockfile as npm makes it stands in the checkout; `lock` changes its text. */
  locked?: (at: Addresses) => (lock: string) => string;
  files(at: Addresses): Partial<JobFiles> & { rc?: readonly string[] };
  end: End | { npm10: End; npm11: End; npm12: End };
}

const keyed = (registry: string, value = '${CI_JOB_TOKEN}') =>
  `${registry.replace(/^https?:/, '')}:_authToken=${value}`;
const mapped = (registry: string) => `@acme:registry=${registry}`;
/** What npm 12 needs beside; older versions of npm pass over it. */
const remote = 'allow-remote=all';
const good = (at: Addresses) => [mapped(at.instance), keyed(at.instance), remote];

const refused = (code: string): End => ({ code, npm: /E40[134]/ });

const configurations: readonly Configuration[] = [
  { name: 'no file at all', files: () => ({}), end: refused('NP101') },
  { name: 'only the registry line', files: (at) => ({ rc: [mapped(at.instance)] }), end: refused('NP102') },
  {
    name: 'only the key, no registry line',
    files: (at) => ({ rc: [keyed(at.instance), remote] }),
    end: refused('NP101'),
  },
  { name: 'the registry line and its key', files: (at) => ({ rc: good(at) }), end: 'installs' },
  {
    name: 'the same without allow-remote',
    files: (at) => ({ rc: [mapped(at.instance), keyed(at.instance)] }),
    end: { npm10: 'installs', npm11: 'installs', npm12: { code: 'NP117', npm: /EALLOWREMOTE/ } },
  },
  {
    name: 'allow-remote only for direct dependencies',
    files: (at) => ({ rc: [mapped(at.instance), keyed(at.instance), 'allow-remote=root'] }),
    end: {
      npm10: 'installs',
      npm11: { code: 'NP117', npm: /EALLOWREMOTE/ },
      npm12: { code: 'NP117', npm: /EALLOWREMOTE/ },
    },
  },
  {
    name: 'the key of the group prefix',
    files: (at) => ({ rc: [mapped(at.instance), keyed(at.group), remote] }),
    end: refused('NP102'),
  },
  {
    name: 'the keys of the projects only',
    files: (at) => ({ rc: [mapped(at.instance), keyed(`${at.api}/projects/`), remote] }),
    end: refused('NP102'),
  },
  {
    name: 'a key without the port',
    files: (at) => ({
      rc: [mapped(at.instance), `//${at.host}/api/v4/packages/npm/:_authToken=\${CI_JOB_TOKEN}`, remote],
    }),
    end: refused('NP104'),
  },
  {
    name: 'a key without the relative root',
    root: '/gitlab',
    files: (at) => ({
      rc: [
        mapped(at.instance),
        `//${at.host}:${at.port}/api/v4/packages/npm/:_authToken=\${CI_JOB_TOKEN}`,
        remote,
      ],
    }),
    end: refused('NP104'),
  },
  {
    name: 'a key in other letters',
    root: '/gitlab',
    files: (at) => ({ rc: [mapped(at.instance), keyed(at.instance.replace('/gitlab', '/GitLab')), remote] }),
    end: refused('NP104'),
  },
  {
    name: 'a key with its protocol',
    files: (at) => ({ rc: [mapped(at.instance), `${at.instance}:_authToken=\${CI_JOB_TOKEN}`, remote] }),
    end: refused('NP109'),
  },
  {
    name: 'a key without the two slashes',
    files: (at) => ({ rc: [mapped(at.instance), keyed(at.instance).slice(2), remote] }),
    end: refused('NP109'),
  },
  {
    name: 'a key without its final slash',
    files: (at) => ({ rc: [mapped(at.instance), keyed(at.instance.replace(/\/$/, '')), remote] }),
    end: 'installs',
  },
  {
    name: 'a registry line without its final slash',
    files: (at) => ({ rc: [mapped(at.instance.replace(/\/$/, '')), keyed(at.instance), remote] }),
    end: refused('NP103'),
  },
  {
    name: 'a registry line without its final slash, and the key of the whole API',
    files: (at) => ({ rc: [mapped(at.instance.replace(/\/$/, '')), keyed(`${at.api}/`), remote] }),
    end: 'installs',
  },
  {
    name: 'the key of the whole API',
    files: (at) => ({ rc: [mapped(at.instance), keyed(`${at.api}/`), remote] }),
    end: 'installs',
  },
  {
    name: 'the key of the whole host, above a relative root',
    root: '/gitlab',
    files: (at) => ({
      rc: [mapped(at.instance), `//${at.host}:${at.port}/:_authToken=\${CI_JOB_TOKEN}`, remote],
    }),
    end: 'installs',
  },
  {
    name: 'the group prefix with its key',
    files: (at) => ({ rc: [mapped(at.group), keyed(at.group), remote] }),
    end: 'installs',
  },
  {
    name: 'the prefix of the one project',
    files: (at) => ({ rc: [mapped(at.project(324)), keyed(`${at.api}/projects/`), remote] }),
    end: refused('NP501'),
  },
  {
    name: 'a variable that is not set',
    files: (at) => ({ rc: [mapped(at.instance), keyed(at.instance, '${PRIVATE_TOKEN}'), remote] }),
    end: refused('NP105'),
  },
  {
    name: 'a variable that is empty',
    files: (at) => ({
      rc: [mapped(at.instance), keyed(at.instance, '${PRIVATE_TOKEN}'), remote],
      env: { PRIVATE_TOKEN: '' },
    }),
    end: refused('NP105'),
  },
  {
    name: 'a variable without braces',
    files: (at) => ({ rc: [mapped(at.instance), keyed(at.instance, '$CI_JOB_TOKEN'), remote] }),
    end: refused('NP109'),
  },
  {
    name: 'a variable with a default in the way of shells',
    files: (at) => ({ rc: [mapped(at.instance), keyed(at.instance, '${CI_JOB_TOKEN:-}'), remote] }),
    end: refused('NP109'),
  },
  {
    name: 'a question mark behind the name',
    files: (at) => ({ rc: [mapped(at.instance), keyed(at.instance, '${CI_JOB_TOKEN?}'), remote] }),
    end: { npm10: refused('NP109'), npm11: 'installs', npm12: 'installs' },
  },
  {
    name: 'Bearer before the token',
    files: (at) => ({ rc: [mapped(at.instance), keyed(at.instance, 'Bearer ${CI_JOB_TOKEN}'), remote] }),
    end: refused('NP109'),
  },
  {
    name: 'a section above the lines',
    files: (at) => ({ rc: ['[gitlab]', ...good(at)] }),
    end: refused('NP109'),
  },
  {
    name: 'a comment behind the token',
    files: (at) => ({
      rc: [mapped(at.instance), keyed(at.instance, '${CI_JOB_TOKEN} # of the job'), remote],
    }),
    end: 'installs',
  },
  {
    name: 'quotes, spaces and CRLF',
    files: (at) => ({
      checkout: {
        '.npmrc': [
          mapped(at.instance).replace('=', ' = '),
          `"${at.key}/api/v4/packages/npm/:_authToken" = "\${CI_JOB_TOKEN}"`,
          remote,
          '',
        ].join('\r\n'),
      },
    }),
    end: 'installs',
  },
  {
    name: 'a byte order mark',
    files: (at) => ({ checkout: { '.npmrc': `\uFEFF${good(at).join('\n')}` } }),
    end: 'installs',
  },
  {
    name: 'a token without a registry in front of it',
    files: (at) => ({ rc: [mapped(at.instance), '_authToken=${CI_JOB_TOKEN}', remote] }),
    end: { code: 'NP109', npm: /ERR_INVALID_AUTH/ },
  },
  {
    name: 'the right key twice, the last one wrong',
    files: (at) => ({ rc: [...good(at), keyed(at.instance, 'an-old-token')] }),
    end: refused('NP202'),
  },
  {
    name: 'the right key twice, the last one right',
    files: (at) => ({ rc: [keyed(at.instance, 'an-old-token'), ...good(at)] }),
    end: 'installs',
  },
  {
    name: 'an old token of a project below the right key',
    files: (at) => ({ rc: [...good(at), keyed(at.project(325), 'an-old-token')] }),
    end: refused('NP202'),
  },
  {
    name: 'a good file in the home, a worse one in the project',
    files: (at) => ({ rc: [keyed(at.instance, 'an-old-token')], home: { '.npmrc': good(at).join('\n') } }),
    end: refused('NP202'),
  },
  {
    name: 'registry in the project, key in the home',
    files: (at) => ({
      rc: [mapped(at.instance)],
      home: { '.npmrc': [keyed(at.instance), remote].join('\n') },
    }),
    end: 'installs',
  },
  {
    name: 'a user file that a variable names',
    files: (at) => ({
      checkout: { 'ci.npmrc': good(at).join('\n') },
      env: { NPM_CONFIG_USERCONFIG: 'ci.npmrc' },
    }),
    end: 'installs',
  },
  {
    name: 'the key in the environment',
    files: (at) => ({
      rc: [mapped(at.instance), remote],
      env: { [`npm_config_${at.key}/api/v4/packages/npm/:_authToken`]: '${CI_JOB_TOKEN}' },
    }),
    end: 'installs',
  },
  {
    name: 'a file above the project',
    files: (at) => ({ checkout: { '../.npmrc': good(at).join('\n') } }),
    end: refused('NP101'),
  },
  {
    name: 'the scope in other letters',
    files: (at) => ({ rc: good(at).map((line) => line.replace('@acme', '@Acme')) }),
    end: refused('NP101'),
  },
  {
    name: 'the scope without its sign',
    files: (at) => ({ rc: good(at).map((line) => line.replace('@acme', 'acme')) }),
    end: refused('NP109'),
  },
  {
    name: 'everything through GitLab, which forwards what is public',
    files: (at) => ({
      rc: [`registry=${at.instance}`, keyed(at.instance), remote],
      ownDefault: true,
    }),
    end: 'installs',
  },
  {
    name: 'a literal token in the checkout',
    files: (at) => ({ rc: [mapped(at.instance), keyed(at.instance, LITERAL), remote] }),
    end: 'installs',
  },
  {
    name: 'keys that this npm does not know, and it is strict',
    files: (at) => ({ rc: [...good(at), 'always-auth=true', 'strict-npmrc=true'] }),
    end: { npm10: 'installs', npm11: 'installs', npm12: { code: 'NP109', npm: /EUNKNOWNCONFIG/ } },
  },
  {
    name: 'a lockfile that names another port of the host',
    locked: (at) => (lock) => lock.replaceAll(`:${at.port}/api`, ':9/api'),
    files: (at) => ({ rc: good(at) }),
    end: { code: 'NP111', npm: /ECONNREFUSED/ },
  },
  {
    name: 'a lockfile, and the registry line without a key',
    locked: () => (lock) => lock,
    files: (at) => ({ rc: [mapped(at.instance), remote] }),
    end: refused('NP103'),
  },
  {
    name: 'a lockfile, and the key of the whole API without a registry line',
    locked: () => (lock) => lock,
    files: (at) => ({ rc: [keyed(`${at.api}/`), remote] }),
    end: 'installs',
  },
  {
    name: 'a lockfile, and tarballs moved to the default registry',
    locked: () => (lock) => lock,
    files: (at) => ({
      rc: [...good(at), `registry=${at.publicRegistry}`, 'replace-registry-host=always'],
      ownDefault: true,
    }),
    end: refused('NP109'),
  },
  {
    name: 'a lockfile that leaves the addresses out',
    locked: () => withoutAddresses,
    files: (at) => ({ rc: good(at) }),
    end: refused('NP103'),
  },
  {
    name: 'a lockfile that leaves the addresses out, and a key of the projects',
    locked: () => withoutAddresses,
    files: (at) => ({ rc: [mapped(at.instance), keyed(at.instance), keyed(`${at.api}/projects/`)] }),
    end: 'installs',
  },
];

function withoutAddresses(lock: string): string {
  return lock.replaceAll(/^ *"resolved":.*\n/gm, '');
}

/** Stands for the job's token in a configuration; the test puts it in. */
export const LITERAL = '(the job token)';

/** The end of a configuration for one npm. */
export function endFor({ end }: Configuration, major: NpmMajor): End {
  return isByVersion(end) ? end[`npm${major}`] : end;
}

/** The configurations to try with one npm: all of them with 12; with the older ones half each, and those where they differ. */
export function configurationsFor(major: NpmMajor): readonly Configuration[] {
  return configurations.filter(
    ({ end }, index) => major === 12 || isByVersion(end) || index % 2 === major % 2,
  );
}

function isByVersion(end: Configuration['end']): end is Exclude<Configuration['end'], End> {
  return typeof end === 'object' && 'npm10' in end;
}

/** The checkout of a configuration: package.json, what the configuration brings, `.npmrc` from its `rc` lines. */
export function checkoutOf({
  checkout,
  rc,
}: ReturnType<Configuration['files']>): Readonly<Record<string, string>> {
  return {
    'package.json': manifest({ '@acme/ui': '^1.0.0', left: '1.0.0' }),
    ...(rc && { '.npmrc': `${rc.join('\n')}\n` }),
    ...checkout,
  };
}
