import { bodyJson } from '../../domain/body-json.ts';
import type { Clues } from '../../domain/cause.ts';

/** The versions of the package that the packages API listed; empty when it was not asked or refused. */
export function listedVersions({ case: { target, observations } }: Clues): readonly string[] {
  const { name } = target.dependency;
  return [...observations].flatMap(([key, { outcome }]) => {
    if (!key.startsWith('packages-api:') || outcome.kind !== 'answered' || outcome.body.kind !== 'text')
      return [];
    const listed = bodyJson(outcome.body);
    return Array.isArray(listed) ? listed.flatMap((item: unknown) => versionOf(item, name)) : [];
  });
}

function versionOf(item: unknown, name: string): readonly string[] {
  if (typeof item !== 'object' || item === null) return [];
  const { name: listed, version } = item as Record<string, unknown>;
  return listed === name && typeof version === 'string' ? [version] : [];
}
