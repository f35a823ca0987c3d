import type { Addresses } from '../clients/real/gitlab-job.ts';
import { token } from '../clients/real/gitlab-job.ts';
import type { RandomWorld } from './random-world.ts';

/** What may be wrong, or only odd, with the lines of an `.npmrc`. */
export const npmrcFaults = [
  'no-registry-line',
  'no-registry-key',
  'no-projects-key',
  'key-without-port',
  'key-without-root',
  'key-with-scheme',
  'key-with-one-slash',
  'key-without-final-slash',
  'registry-without-final-slash',
  'key-of-the-api',
  'key-of-the-host',
  'key-of-another-prefix',
  'keys-of-each-project',
  'variable-unset',
  'variable-empty',
  'variable-bare',
  'variable-dash',
  'variable-question',
  'bearer-before',
  'quoted-value',
  'quoted-key',
  'comment-behind',
  'section-above',
  'crlf',
  'byte-order-mark',
  'spaces-around',
  'literal-token',
  'old-token-last',
  'old-token-first',
  'old-token-of-project',
  'basic',
  'user-and-password',
  'always-auth',
  'upper-case-scope',
  'scope-without-at',
  'default-registry',
  'registry-from-variable',
  'bare-token',
  'key-in-environment',
  'no-allow-remote',
  'user-in-registry',
  'dead-proxy',
  'dead-proxy-not-used',
  'registry-in-environment',
  'default-registry-in-environment',
  'userconfig-missing',
  'trailing-blanks',
  'remark-lines',
  'empty-registry-line-first',
  'strict-ssl-off',
] as const;

export type NpmrcFault = (typeof npmrcFaults)[number];

/** Files by place (`~/` is the home) and variables. */
export interface ConfigFiles {
  files: Readonly<Record<string, string>>;
  env: Readonly<Record<string, string>>;
}

/** The lines of a world's `.npmrc`: registries apart from credentials, so that they may stand in two files. */
interface Lines {
  registry: string[];
  keys: string[];
  more: string[];
  env: Record<string, string>;
}

/** The registry that a world's configuration names. */
export function registryOf({ prefix }: Pick<RandomWorld, 'prefix'>, at: Addresses): string {
  if (prefix === 'instance') return at.instance;
  return prefix === 'group' ? at.group : at.project(324);
}

const old = 'glpat-an-old-token-of-somebody';

/** The `.npmrc` files that a world finds in its checkout and home. */
export function npmrcFiles(world: RandomWorld, at: Addresses): ConfigFiles {
  if (world.place === 'none') return { files: {}, env: {} };
  const lines = linesOf(world, at);
  const has = (fault: NpmrcFault) => world.faults.includes(fault);
  const text = (...parts: readonly string[][]) => {
    const eol = has('crlf') ? '\r\n' : '\n';
    const all = [
      ...(has('section-above') ? ['[gitlab]'] : []),
      ...(has('remark-lines') ? ['# of the team', '; do not touch', ''] : []),
      ...(has('empty-registry-line-first') ? [`${world.scope}:registry=`] : []),
      ...parts.flat(),
    ];
    const blanks = has('trailing-blanks') ? '   ' : '';
    return `${has('byte-order-mark') ? '\uFEFF' : ''}${all.map((line) => line + blanks + eol).join('')}`;
  };
  const { registry, keys, more, env } = lines;
  switch (world.place) {
    case 'project':
      return { files: { '.npmrc': text(registry, keys, more) }, env };
    case 'home':
      return { files: { '~/.npmrc': text(registry, keys, more) }, env };
    case 'split':
      return { files: { '.npmrc': text(registry), '~/.npmrc': text(keys, more) }, env };
    case 'userconfig-project':
      return {
        files: { '.npmrc': text(registry, keys, more) },
        env: { ...env, NPM_CONFIG_USERCONFIG: '.npmrc' },
      };
    case 'userconfig-other':
      return {
        files: { 'ci.npmrc': text(registry, keys, more) },
        env: { ...env, NPM_CONFIG_USERCONFIG: 'ci.npmrc' },
      };
    case 'sub-folder':
      return {
        files: { [`${world.shape === 'workspace' ? 'apps/web/' : ''}.npmrc`]: text(registry, keys, more) },
        env,
      };
  }
}

function linesOf(world: RandomWorld, at: Addresses): Lines {
  const has = (fault: NpmrcFault) => world.faults.includes(fault);
  const url = registryOf(world, at);
  const variable = has('variable-unset')
    ? 'UNSET_TOKEN'
    : has('variable-empty')
      ? 'EMPTY_TOKEN'
      : 'CI_JOB_TOKEN';
  let value = `\${${variable}}`;
  if (has('variable-bare')) value = `$${variable}`;
  if (has('variable-dash')) value = `\${${variable}-}`;
  if (has('variable-question')) value = `\${${variable}?}`;
  if (has('literal-token')) value = token;
  if (has('bearer-before')) value = `Bearer ${value}`;
  if (has('quoted-value')) value = `"${value}"`;
  if (has('comment-behind')) value = `${value} # of the job`;
  const key = (place: string, field = '_authToken') => {
    let written = place.replace(/^https?:/, '');
    if (has('key-with-scheme')) written = place;
    if (has('key-with-one-slash')) written = written.slice(1);
    if (has('key-without-port')) written = written.replace(`:${at.port}`, '');
    if (has('key-without-root')) written = written.replace('/gitlab/', '/');
    if (has('key-without-final-slash')) written = written.replace(/\/$/, '');
    const whole = `${written}:${field}`;
    return has('quoted-key') ? `"${whole}"` : whole;
  };
  const equals = has('spaces-around') ? ' = ' : '=';
  const line = (place: string, text = value) => `${key(place)}${equals}${text}`;
  const places = new Set<string>();
  if (!has('no-registry-key')) places.add(has('key-of-another-prefix') ? otherPrefix(world, at) : url);
  if (has('keys-of-each-project')) {
    places.add(at.project(324));
    places.add(at.project(325));
  } else if (!has('no-projects-key')) places.add(`${at.api}/projects/`);
  if (has('key-of-the-api')) replaceAll(places, `${at.api}/`);
  if (has('key-of-the-host')) replaceAll(places, `${new URL(at.url).origin}/`);
  let keys = [...places].map((place) => line(place));
  if (has('basic')) {
    const basic = Buffer.from(`gitlab-ci-token:${token}`).toString('base64');
    keys = [...places].map((place) => `${key(place, '_auth')}=${basic}`);
  }
  if (has('user-and-password')) {
    const password = Buffer.from(token).toString('base64');
    keys = [...places].flatMap((place) => [
      `${key(place, 'username')}=gitlab-ci-token`,
      `${key(place, '_password')}=${password}`,
    ]);
  }
  if (has('old-token-last')) keys.push(line(url, old));
  if (has('old-token-first')) keys.unshift(line(url, old));
  if (has('old-token-of-project')) keys.push(line(at.project(325), old));
  if (has('bare-token')) keys = [`_authToken=${value}`];
  const env: Record<string, string> = has('variable-empty') ? { EMPTY_TOKEN: '' } : {};
  if (has('key-in-environment')) {
    for (const place of places) env[`npm_config_${place.replace(/^https?:/, '')}:_authToken`] = token;
    keys = [];
  }
  const more = has('always-auth') ? ['always-auth=true'] : [];
  if (!has('no-allow-remote') && (world.client === 'npm-12' || world.client === 'npm-11'))
    more.push('allow-remote=all');
  if (has('dead-proxy') || has('dead-proxy-not-used')) more.push('proxy=http://127.0.0.1:9/');
  if (has('dead-proxy-not-used')) more.push('noproxy=127.0.0.1');
  if (has('strict-ssl-off')) more.push('strict-ssl=false');
  if (has('registry-in-environment')) env[`npm_config_${world.scope}:registry`] = url;
  if (has('default-registry-in-environment')) env.NPM_CONFIG_REGISTRY = url;
  if (has('userconfig-missing')) env.NPM_CONFIG_USERCONFIG = 'not-there.npmrc';
  if (world.client === 'yarn-1' && at.port !== '')
    more.push(`${url.replace(/^https?:/, '')}:custom-host-suffix=${at.host}:${at.port}`);
  return { registry: registryLines(world, at, url), keys, more, env };
}

function registryLines(world: RandomWorld, at: Addresses, url: string): string[] {
  const has = (fault: NpmrcFault) => world.faults.includes(fault);
  if (has('no-registry-line')) return [];
  let written = has('registry-without-final-slash') ? url.replace(/\/$/, '') : url;
  if (has('registry-from-variable')) written = written.replace(at.api, '${CI_API_V4_URL}');
  if (has('user-in-registry')) written = written.replace('//', '//someone@');
  if (has('default-registry')) return [`registry=${written}`];
  let scope: string = world.scope;
  if (has('upper-case-scope')) scope = scope.replace(/[a-z]/, (letter) => letter.toUpperCase());
  if (has('scope-without-at')) scope = scope.slice(1);
  return [`${scope}:registry${has('spaces-around') ? ' = ' : '='}${written}`];
}

function otherPrefix({ prefix }: RandomWorld, at: Addresses): string {
  return prefix === 'group' ? at.instance : at.group;
}

function replaceAll(places: Set<string>, only: string): void {
  places.clear();
  places.add(only);
}
