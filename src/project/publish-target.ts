import { scopeOf } from '../domain/dependency.ts';
import type { PublishTarget } from '../domain/project.ts';
import { type JsonFile, memberSource } from './json-file.ts';
import { memberOf, textOf } from './json-tree.ts';

/**
 * Where a manifest's package is published: `publishConfig`'s registry of its own scope before its `registry`, as `npm publish` looks it up;
 * `null` registry when neither is set. `null` for packages that npm won't publish: private ones and those without a name.
 */
export function readPublishTarget(file: JsonFile): PublishTarget | null {
  const nameMember = memberOf(file.root, 'name');
  const name = textOf(nameMember?.node);
  const isPrivate = memberOf(file.root, 'private')?.node;
  if (nameMember === undefined || name === null || name === '') return null;
  if (isPrivate?.kind === 'scalar' && isPrivate.value === true) return null;

  const version = textOf(memberOf(file.root, 'version')?.node);
  const config = memberOf(file.root, 'publishConfig')?.node;
  const scope = scopeOf(name);
  const keys = scope === null ? ['registry'] : [`${scope}:registry`, 'registry'];
  for (const key of keys) {
    const member = config === undefined ? undefined : memberOf(config, key);
    const registry = textOf(member?.node);
    if (member === undefined || registry === null || registry === '') continue;
    const source = memberSource(file, member.keyOffset, `publishConfig.${key}`);
    const general = key === 'registry' ? null : textOf(config && memberOf(config, 'registry')?.node);
    return {
      name,
      registry,
      source,
      ...(version === null ? {} : { version }),
      ...(general ? { general } : {}),
    };
  }
  const source = memberSource(file, nameMember.keyOffset, 'name');
  return { name, registry: null, source, ...(version === null ? {} : { version }) };
}
