import { addressSecrets } from '../../domain/address-secrets.ts';
import type { RunFacts, Statement } from '../../domain/cause.ts';
import type { Dependency } from '../../domain/dependency.ts';
import { parsedUrl } from '../../domain/registry-key.ts';

/** A package whose address holds a literal token, with the address. */
interface Locked {
  dependency: Dependency;
  address: string;
}

/**
 * What is said of literal tokens in the addresses of a lockfile: they come there from a registry's line with a user in it, or from metadata that names such
 * tarballs. `null` where there are none.
 */
export function tokenInAddress({ project }: RunFacts): Statement | null {
  const found = project.dependencies.flatMap((dependency): readonly Locked[] => {
    const address = dependency.locked?.tarball ?? '';
    return addressSecrets(address).length > 0 ? [{ dependency, address }] : [];
  });
  const [first] = found;
  if (first === undefined) return null;
  const lockfile = project.lockfile?.path ?? 'the lockfile';
  const others = found.length - 1;
  const hosts = [...new Set(found.map(({ address }) => parsedUrl(address)?.host ?? 'its server'))];
  return {
    title: `${lockfile} holds a literal token in the address of ${first.dependency.name}${others > 0 ? ` and ${others} more` : ''}`,
    seen: null,
    location: first.dependency.locked?.source ?? null,
    remedy: {
      who: 'the owner of the token',
      summary: 'revoke the token, and lock the addresses without it',
      steps: [
        'revoke it first: it stays in the history of the repository',
        `take it out of each address in ${lockfile}: what stands between // and @, and the entry of the query that holds it`,
        `the install then needs a key for ${hosts.join(' and ')} that refers to a variable; a registry's line with a user or a token in its URL brings it into the lockfile again`,
      ],
    },
  };
}
