import type { Clues } from '../../domain/cause.ts';
import { type Prefix, prefixUrl } from '../../domain/prefix.ts';
import type { Edit } from '../../domain/remedy.ts';
import { changeRegistry, configFile, isNested } from './add-line.ts';
import { credentialLine, credentialLines, tokenVariable } from './config-lines.ts';
import { shownPath } from './ignored-file.ts';

/**
 * The edit that maps the scope of a case to another prefix of its server. Where the client has no credential for that prefix the edit brings the key
 * too, or `steps` say where it belongs: a line without it would only move the refusal. The settings of a scope in YAML and TOML keep their token beside the line.
 */
export function mapToPrefix(
  clues: Clues,
  scope: string | null,
  prefix: Prefix,
): { edit: Edit; steps: readonly string[] } {
  const { client } = clues.run;
  const { registry, dependency } = clues.case.target;
  const to = prefixUrl(prefix);
  const edit = changeRegistry(clues.run, registry, scope, to);
  const isCovered = client.credentialFor(client.metadataUrl(to, dependency.name), to).kind !== 'none';
  if (isCovered || isNested(edit.file) || edit.after === null) return { edit, steps: [] };
  const { name } = client.client;
  // These two look a tarball's own address up, which GitLab has at the project prefix (measured: k01).
  const lines = name === 'pnpm' || name === 'yarn' ? credentialLines(clues, to) : credentialLine(clues, to);
  const file = configFile(clues.run);
  const reference = `\${${tokenVariable(clues)}} in it is a reference, the token itself stays out of files`;
  return client.writing.credentialsInProject || shownPath(clues.run, edit.file) === file
    ? {
        edit: { ...edit, after: `${edit.after}\n${lines}` },
        steps: [`no key covers that prefix, so the edit brings one; ${reference}`],
      }
    : {
        edit,
        steps: [`no key covers that prefix: add ${lines.replace('\n', ' and ')} to ${file}; ${reference}`],
      };
}
