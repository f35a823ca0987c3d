import { type Cause, type Clues, ruledOut } from '../domain/cause.ts';
import { scopeOf } from '../domain/dependency.ts';
import { addLine, configFile } from './parts/add-line.ts';
import { credentialLine, tokenVariable } from './parts/config-lines.ts';
import { seenLine } from './parts/seen.ts';
import { unaskedCredentials } from './parts/unasked-credentials.ts';
import { uncoveredRequest } from './parts/uncovered.ts';

/** The registry is mapped and no credential key covers its URL (measured: clients.md section 1, cells M). */
export const authKeyMissing: Cause = {
  code: 'NP102',
  slug: 'auth-key-missing',
  title: 'the registry is mapped, but no credential key belongs to it',
  severity: 'error',
  needs: ['metadata-with-token', 'job'],
  example: 'auth-key-missing',
  inspect: (run) =>
    unaskedCredentials(run).flatMap(({ scope, registry, credential }) =>
      credential.kind === 'none'
        ? [
            {
              severity: 'warning' as const,
              packages: [],
              statement: {
                title: `no credential for ${scope ?? 'unscoped packages'}: no key matches ${registry.url}`,
                seen: null,
                location: registry.source,
                remedy: {
                  who: 'whoever maintains this repository',
                  summary: 'add the credential key of the registry',
                  steps: [
                    `add the line to ${run.configFile}; a registry that is open to everybody needs none`,
                  ],
                  edit: addLine(
                    run,
                    run.client.writing.credential(scope, registry.url, run.environment.credential.variable),
                  ),
                },
              },
            },
          ]
        : [],
    ),
  weigh(clues) {
    const uncovered = uncoveredRequest(clues);
    if (uncovered?.request.kind !== 'metadata' || uncovered.mistyped) return ruledOut;
    return uncovered.token === 'untested'
      ? { kind: 'possible', because: ['metadata'], decidedBy: 'the same request with a token' }
      : { kind: 'confirmed', because: ['metadata', 'metadata-with-token'] };
  },
  state(clues) {
    const { registry } = clues.case.target;
    const url = registry.url ?? clues.case.target.metadata?.url ?? 'https://server.example/';
    return {
      title: titleOf(clues, url),
      seen: seenLine(clues, 'configuration'),
      location: registry.source,
      remedy: {
        who: 'whoever maintains this repository',
        summary: 'add the credential key of the registry',
        steps: [
          `add the line to ${configFile(clues.run)}; \${${tokenVariable(clues)}} in it is a reference, the token itself stays out of files`,
        ],
        edit: addLine(clues.run, credentialLine(clues, url)),
      },
    };
  },
};

/** Both Yarns send nothing for unscoped packages unless they are told to (measured: a05, a16, y08). */
function titleOf({ run: { client }, case: { target } }: Clues, url: string): string {
  const { name } = target.dependency;
  const scope = scopeOf(name);
  const always = { yarn: 'always-auth', 'yarn-berry': 'npmAlwaysAuth' }[String(client.client.name)];
  return scope === null && always !== undefined
    ? `no credential for ${name}: ${client.client.name} sends one for unscoped packages only with ${always}`
    : `no credential for ${scope ?? name}: no key matches ${url}`;
}
