import { dirname } from 'node:path/posix';
import type { RunFacts } from '../../domain/cause.ts';
import { scopeOf } from '../../domain/dependency.ts';
import { routeName } from '../../domain/own-project.ts';
import { type Prefix, prefixUrl } from '../../domain/prefix.ts';
import type { PublishTarget } from '../../domain/project.ts';
import { sameOrigin } from '../../domain/registry-key.ts';
import type { Remedy } from '../../domain/remedy.ts';

/** The registry of the job's own project where the server is the job's; else with a place for the number. */
export function projectRegistry({ environment }: RunFacts, { apiUrl }: Pick<Prefix, 'apiUrl'>): string {
  const { consumer } = environment;
  const isJobs = environment.apiUrl !== null && sameOrigin(environment.apiUrl, apiUrl);
  const project = isJobs && consumer !== null ? routeName(consumer) : 'PROJECT_ID';
  return prefixUrl({ kind: 'project', apiUrl, project });
}

/** How a package is told to be published to a registry: in its manifest, but for Bun, which goes by the line of the scope. */
export function publishTo(
  { client: { client } }: RunFacts,
  { name, source }: PublishTarget,
  registry: string,
): Pick<Remedy, 'steps' | 'command'> {
  if (client.name === 'bun')
    return {
      steps: [
        `Bun publishes to the registry of the scope, whatever publishConfig says: map it to ${registry} in the job that publishes`,
      ],
    };
  const scope = scopeOf(name);
  // of a scope's own key Yarn knows nothing
  const key = scope === null || client.name.startsWith('yarn') ? 'registry' : `${scope}:registry`;
  const path = source.kind === 'file' ? source.path : 'package.json';
  const folder = dirname(path);
  return {
    steps: [`set publishConfig["${key}"] in ${path} to ${registry}`],
    command: `npm pkg set${folder === '.' ? '' : ` --workspace=${folder}`} "${settingPath(key)}=${registry}"`,
  };
}

/** The path of a key of `publishConfig` for npm, which takes a dot for the end of a key outside of brackets (run for real: npm 10). */
function settingPath(key: string): string {
  return key.includes('.') ? `publishConfig[${key}]` : `publishConfig.${key}`;
}
