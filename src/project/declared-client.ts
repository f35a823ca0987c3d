import semver from 'semver';
import type { ClientName } from '../domain/client.ts';
import type { Project } from '../domain/project.ts';
import { type JsonFile, memberSource } from './json-file.ts';
import { type JsonMember, memberOf, textOf } from './json-tree.ts';

/**
 * The client that a manifest declares: `packageManager` (`name@version+hash`) before `devEngines.packageManager` (one object or a list; the
 * first known name). Yarn from 2 on is `yarn-berry`. `version` is set for an exact version only. `null`: none, or none that is known.
 */
export function readDeclaredClient(file: JsonFile): Project['declaredClient'] {
  const field = memberOf(file.root, 'packageManager');
  const written = textOf(field?.node);
  if (field !== undefined && written !== null) {
    const match = /^([a-z]+)(?:@(.+?))?(?:\+.*)?$/s.exec(written.trim().slice(0, 500));
    const declared = match === null ? null : declare(file, field, match[1] ?? '', match[2] ?? '');
    if (declared !== null) return declared;
  }

  const engines = memberOf(file.root, 'devEngines')?.node;
  const member = engines === undefined ? undefined : memberOf(engines, 'packageManager');
  if (member === undefined) return null;
  const candidates = member.node.kind === 'array' ? member.node.items : [member.node];
  for (const candidate of candidates) {
    const name = textOf(memberOf(candidate, 'name')?.node);
    const version = textOf(memberOf(candidate, 'version')?.node)?.slice(0, 500);
    const declared = declare(file, member, name ?? '', version ?? '');
    if (declared !== null) return declared;
  }
  return null;
}

function declare(
  file: JsonFile,
  member: JsonMember,
  name: string,
  version: string,
): Project['declaredClient'] {
  const client = clientNamed(name, version);
  if (client === null) return null;
  return {
    name: client,
    version: semver.valid(version),
    range: version === '' ? null : semver.validRange(version),
    source: memberSource(file, member.keyOffset, 'packageManager'),
  };
}

function clientNamed(name: string, version: string): ClientName | null {
  switch (name) {
    case 'npm':
    case 'pnpm':
    case 'bun':
      return name;
    case 'yarn': {
      const least = semver.validRange(version) === null || version === '' ? null : semver.minVersion(version);
      return (least !== null && least.major >= 2) || version === 'berry' || version === 'stable'
        ? 'yarn-berry'
        : 'yarn';
    }
    default:
      return null;
  }
}
