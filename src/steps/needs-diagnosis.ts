import { addressSecrets } from '../domain/address-secrets.ts';
import type { RunFacts } from '../domain/cause.ts';
import { registryReach } from '../domain/client.ts';
import { lockedElsewhere } from '../domain/locked-elsewhere.ts';
import { prefixOf } from '../domain/prefix.ts';
import type { Case } from '../domain/target.ts';
import { unaskedCredentials } from '../domain/unasked-credentials.ts';
import { unsetAtPublic } from '../domain/unset-at-public.ts';

/**
 * Whether there is anything to explain: a case that fails, or something in the configuration or the checkout that `inspect` of some cause may have to say. The
 * causes and their words are loaded for such runs alone. What `inspect` looks at has to be looked for here too, no more closely than there.
 */
export function needsDiagnosis(run: RunFacts, cases: readonly Case[]): boolean {
  const { client, project, environment } = run;
  return (
    cases.some(({ result }) => result.kind !== 'ok' && result.kind !== 'skipped') ||
    client.stop !== null ||
    client.problems.length > 0 ||
    (project.lockfileGaps ?? []).length > 0 ||
    registryReach(client.registryFor('a-public-package')) === 'all' ||
    project.publish.some(({ registry }) => registry !== null && prefixOf(registry) !== null) ||
    project.dependencies.some(
      (one) =>
        one.from === 'git' ||
        one.from === 'url' ||
        addressSecrets(one.locked?.tarball ?? '').length > 0 ||
        lockedElsewhere(client, environment, one) !== null,
    ) ||
    unsetAtPublic(run).length > 0 ||
    unaskedCredentials(run).some(({ credential }) => credential.kind !== 'token')
  );
}
