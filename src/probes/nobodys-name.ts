import { scopeOf } from '../domain/dependency.ts';

/** A name of the package's scope that nobody holds: what GitLab says of it is true of its settings alone. */
export function nobodysName(name: string): string {
  const scope = scopeOf(name);
  return `${scope ? `${scope}/` : ''}no-such-package-of-anybody`;
}
