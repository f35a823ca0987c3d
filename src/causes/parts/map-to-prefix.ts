import type { Clues } from '../../domain/cause.ts';
import { type Prefix, prefixUrl } from '../../domain/prefix.ts';
import type { Remedy } from '../../domain/remedy.ts';
import { configFile, isNested, mapRegistry } from './add-line.ts';
import { credentialLine, credentialLines, tokenVariable } from './config-lines.ts';
import { shownPath } from './ignored-file.ts';

/**
 * The steps of a remedy that maps the scope of a case to another prefix of its server, with the edit. Where the client has no credential for that prefix
 * the edit brings the key too, or a step says where it belongs: a line without it would only move the refusal. The settings of a scope in YAML and TOML keep
 * their token beside the line.
 */
export function mapToPrefix(
  clues: Clues,
  scope: string | null,
  prefix: Prefix,
  steps: readonly string[],
): Pick<Remedy, 'steps' | 'edit'> {
  const { client } = clues.run;
  const { registry, dependency } = clues.case.target;
  const to = prefixUrl(prefix);
  const { edit, ...mapping } = mapRegistry(clues.run, registry, scope, to, steps);
  const isCovered = client.credentialFor(client.metadataUrl(to, dependency.name), to).kind !== 'none';
  const file = configFile(clues.run);
  if (isCovered || isNested(edit?.file ?? file) || edit?.after === null)
    return { ...mapping, ...(edit ? { edit } : {}) };
  const { name } = client.client;
  // These two look a tarball's own address up, which GitLab has at the project prefix (measured: k01).
  const lines = name === 'pnpm' || name === 'yarn' ? credentialLines(clues, to) : credentialLine(clues, to);
  const reference = `\${${tokenVariable(clues)}} in it is a reference, the token itself stays out of files`;
  return edit && (client.writing.credentialsInProject || shownPath(clues.run, edit.file) === file)
    ? {
        edit: { ...edit, after: `${edit.after}\n${lines}` },
        steps: [...mapping.steps, `no key covers that prefix, so the edit brings one; ${reference}`],
      }
    : {
        ...(edit ? { edit } : {}),
        steps: [
          ...mapping.steps,
          `no key covers that prefix: add ${lines.replace('\n', ' and ')} to ${file}; ${reference}`,
        ],
      };
}
