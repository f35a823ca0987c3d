import type { ConfigWriting } from '../../domain/client.ts';
import { percentEncoded } from '../../domain/percent-form.ts';
import { prefixOf } from '../../domain/prefix.ts';
import { registryKey } from '../../domain/registry-key.ts';

/** The lines of an `.npmrc` that every client of that file takes (measured: clients.md, "One configuration for every prefix and version"). */
export const npmrcWriting: ConfigWriting = {
  file: '.npmrc',
  credentialsInProject: true,
  registry: (scope, registry) => `${scope === null ? 'registry' : `${scope}:registry`}=${registry}`,
  credential: (_scope, registry, variable) => keyLine(registry, variable),
  tarball(_scope, _registry, tarball, variable) {
    const prefix = prefixOf(tarball);
    return prefix?.kind === 'project'
      ? keyLine(`${prefix.apiUrl}/projects/${percentEncoded(prefix.project)}/packages/npm/`, variable)
      : keyLine(new URL('/', tarball).href, variable);
  },
};

function keyLine(url: string, variable: string): string {
  return `${registryKey(url)}:_authToken=\${${variable}}`;
}
