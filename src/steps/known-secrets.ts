import { isForeignReference } from '../clients/npmrc/foreign-reference.ts';
import { isActionToken } from '../domain/action-token.ts';
import { addressSecrets } from '../domain/address-secrets.ts';
import type { ApiToken } from '../domain/api-token.ts';
import { proxySecrets } from '../domain/environment-secrets.ts';
import type { ScopePlan } from '../domain/plan.ts';
import { Secret, sameSecret } from '../domain/secret.ts';
import type { Setting } from '../domain/setting.ts';
import { userInfoSecrets } from '../domain/user-info.ts';
import type { Gathered } from './gather.ts';

/** Variables of CI systems and clients whose value is a credential, whether or not this run uses it. */
const credentialVariables = [
  'CI_JOB_TOKEN',
  'CI_REGISTRY_PASSWORD',
  'CI_DEPLOY_PASSWORD',
  'CI_DEPENDENCY_PROXY_PASSWORD',
  'GITHUB_TOKEN',
  'NODE_AUTH_TOKEN',
  'NPM_TOKEN',
];

/**
 * Everything that no output may show: the job's credential, the API token, every secret of the configuration and in addresses of the lockfile, the variables that the
 * plan names, and the passwords of proxies.
 */
export function knownSecrets(
  { environment, client, project }: Pick<Gathered, 'environment' | 'client' | 'project'>,
  scopes: readonly ScopePlan[],
  env: Readonly<Record<string, string | undefined>>,
  apiToken: ApiToken | null = null,
): readonly Secret[] {
  const exported = Object.keys(env).filter(isActionToken);
  const named = [
    ...credentialVariables,
    ...exported,
    ...scopes.flatMap(({ tokenVariable }) => tokenVariable ?? []),
  ];
  return [
    ...(apiToken ? [apiToken.secret] : []),
    ...(environment.credential.secret ? [environment.credential.secret] : []),
    ...(environment.github?.credential.secret ? [environment.github.credential.secret] : []),
    ...client.settings.flatMap(({ value, ...setting }) =>
      value instanceof Secret && !isBareReference(setting) && !isName(value, env) ? [value] : [],
    ),
    ...project.dependencies.flatMap(({ locked }) => addressSecrets(locked?.tarball ?? '')),
    ...proxySecrets(env),
    ...[client.network.proxy, client.network.httpsProxy].flatMap((proxy) => userInfoSecrets(proxy ?? '')),
    ...named.flatMap((name) => (env[name] ? [new Secret(env[name])] : [])),
  ];
}

/** A reference without a value, or in a form that no client replaces: what stands there is the variable's name. */
function isBareReference({ written, variables }: Pick<Setting, 'written' | 'variables'>): boolean {
  return (
    (/^\$\{\w+\??\}$/.test(written) || isForeignReference(written)) &&
    variables.every(({ state }) => state !== 'set')
  );
}

/** The name of a variable stands where a reference to it was meant: as a secret it would be hidden from the correction too. */
function isName(value: Secret, env: Readonly<Record<string, string | undefined>>): boolean {
  return Object.keys(env).some((name) => name.includes('_') && sameSecret(value, new Secret(name)));
}
