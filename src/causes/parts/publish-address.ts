import { dirname } from 'node:path/posix';
import type { Clues, Statement } from '../../domain/cause.ts';
import type { AddressFault } from '../../domain/publishing.ts';
import { formatSource } from '../../domain/source.ts';

/** What keeps the registry of publishConfig from being one; `null` where the configuration names the registry, or it is one. */
export function manifestAddress({ case: { publishing, target } }: Clues): AddressFault | null {
  return target.registry.key === 'publishConfig' ? (publishing?.address ?? null) : null;
}

/** What is said of it. The address itself is not printed: it may hold a password. */
export function manifestStatement(clues: Clues, { what, corrected }: AddressFault): Statement {
  const { dependency, registry } = clues.case.target;
  const { source } = registry;
  const key = (source.kind === 'file' && source.key) || 'publishConfig.registry';
  const folder = source.kind === 'file' ? dirname(source.path) : '.';
  const path = key.replace(/^publishConfig\.(.*\..*)$/, 'publishConfig[$1]');
  return {
    title: `${dependency.name} can not be published: ${key} ${what}`,
    seen: `${formatSource(source)} names the registry`,
    location: source,
    remedy: {
      who: 'whoever maintains this repository',
      summary: 'name the registry by its whole address',
      steps: [
        corrected === null
          ? `write the address of the registry there: https://host/api/v4/projects/PROJECT_ID/packages/npm/ for GitLab`
          : `set ${key} to ${corrected}`,
        `or take it out of ${source.kind === 'file' ? source.path : 'package.json'} and map the scope in the job that publishes`,
      ],
      ...(corrected === null
        ? {}
        : {
            command: `npm pkg set${folder === '.' ? '' : ` --workspace=${folder}`} "${path}=${corrected}"`,
          }),
    },
  };
}
