import type { ClientStop, ConfigProblem } from '../../domain/client.ts';
import type { ClientWorld } from '../../domain/client-world.ts';
import { isRecord } from '../../domain/record.ts';
import type { Setting } from '../../domain/setting.ts';
import type { Source } from '../../domain/source.ts';
import { printableText, withoutCredentials } from '../npmrc/printable-line.ts';
import { asWritten, variablesOf } from '../npmrc/references.ts';
import { expandPnpm, hasReference } from './pnpm-references.ts';
import type { PnpmRules } from './pnpm-rules.ts';
import { mappingEntries, type PnpmYaml } from './pnpm-yaml.ts';

/** A registry of a scope (`null`: of packages that no scope maps) as some place declares it. `written` may hold user information. */
export interface DeclaredRegistry {
  scope: string | null;
  written: string;
  open: string;
  source: Source;
  key: string;
}

/** What a YAML file declares, and what stands against it. */
export interface YamlRegistries {
  declared: readonly DeclaredRegistry[];
  settings: readonly Setting[];
  problems: readonly ConfigProblem[];
  stop: ClientStop | null;
}

/** What no file declares. */
export const noRegistries: YamlRegistries = { declared: [], settings: [], problems: [], stop: null };

/** `registries` and `registry` of a YAML file; `trusted` ones may refer to variables. */
export function yamlRegistries(
  yaml: PnpmYaml,
  trusted: boolean,
  world: ClientWorld,
  rules: PnpmRules,
): YamlRegistries {
  const found = {
    declared: [] as DeclaredRegistry[],
    settings: [] as Setting[],
    problems: [] as ConfigProblem[],
    stop: null as ClientStop | null,
  };
  const variables = variablesOf(world.env, world.platform);
  const add = (scope: string | null, raw: string, source: Source) => {
    const expands = trusted || (rules.userFile !== 'npm-variables' && rules.projectReferences === 'replaced');
    const { text, printable, references } = expands ? expandPnpm(raw, variables, rules) : asWritten(raw);
    const key = scope === null ? 'registry' : `${scope}:registry`;
    const setting: Setting = {
      key,
      value: withoutCredentials(printable),
      written: withoutCredentials(raw),
      layer: trusted ? 'global' : 'project',
      source,
      variables: references.map(({ name, state }) => ({ name, state })),
      inEffect: true,
    };
    const refused =
      !expands &&
      hasReference(raw) &&
      rules.projectReferences !== 'replaced' &&
      rules.userFile !== 'npm-variables';
    found.settings.push(refused ? { ...setting, inEffect: false } : setting);
    if (!expands && hasReference(raw)) {
      const variable = /\$\{(\w{1,64})/.exec(raw)?.[1] ?? '***';
      found.problems.push({
        kind: 'refused-expansion',
        variable,
        setting,
        why: 'it replaces no references in pnpm-workspace.yaml',
      });
    }
    if (refused && rules.projectReferences === 'registry-stops') found.stop ??= notExpanded(key, source);
    if (!refused) found.declared.push({ scope, written: text, open: printable, source, key });
  };
  const registries = trusted && !rules.registriesInGlobal ? undefined : yaml.get('registries');
  for (const [name, value] of mappingEntries(registries)) {
    if (typeof value === 'string')
      add(name === 'default' ? null : name, value, yaml.source('registries', name));
    else if (!rules.registriesByUrl) found.stop ??= notAText(name, yaml.source('registries', name));
    else if (isRecord(value) && Array.isArray(value.scopes)) {
      for (const scope of value.scopes) {
        if (typeof scope === 'string')
          add(scope === '@' ? null : scope, name, yaml.source('registries', name));
      }
    }
  }
  const single = yaml.get('registry');
  if (typeof single === 'string' && rules.registryInYaml && (!trusted || rules.registriesInGlobal))
    add(null, single, yaml.source('registry'));
  return found;
}

/** Before registries could be declared by URL (run for real: 10.34, 11.5). */
function notAText(name: string, source: Source): ClientStop {
  return { code: 'Error', message: `the registry of ${printableText(name)} must be a text`, source };
}

/** pnpm 12.19 and later end on a registry of a project's file that has a reference (measured: q17, n11, n12). */
export function notExpanded(key: string, source: Source): ClientStop {
  return {
    code: 'ERR_PNPM_REGISTRY_ENV_NOT_EXPANDED',
    message: `the URL of ${key} refers to a variable, which pnpm does not replace in a file of the project`,
    source,
  };
}
