import { join, resolve } from 'node:path';
import { which } from '../clients/which.ts';
import type { InputProblem } from '../domain/project.ts';
import type { Secret } from '../domain/secret.ts';
import type { UsageError } from '../domain/usage.ts';
import type { WhichAnswer } from '../domain/which-answer.ts';
import type { Inputs } from '../inputs.ts';
import type { World } from '../io/world.ts';
import { gather } from '../steps/gather.ts';
import { knownSecrets } from '../steps/known-secrets.ts';
import { overlayFiles } from '../steps/overlay-files.ts';

/** Which registry and credential line the client would use for a package or URL, from its configuration alone: a package.json is not needed. */
export async function whichCommand(
  world: World,
  { packageName, url, inputs }: { packageName: string | null; url: string | null; inputs: Inputs },
): Promise<
  | { kind: 'answer'; answer: WhichAnswer; secrets: readonly Secret[] }
  | { kind: 'unreadable'; problem: InputProblem }
  | UsageError
> {
  const gathered = await gather(withManifest(world, inputs), inputs);
  if (gathered.kind !== 'gathered') return gathered;
  const dependency = gathered.project.dependencies.find(({ name }) => name === packageName);
  const answer = which(gathered.client, { packageName, url, ...(dependency ? { dependency } : {}) });
  return { kind: 'answer', answer, secrets: knownSecrets(gathered, [], world.env) };
}

function withManifest(world: World, inputs: Inputs): World {
  const path = join(resolve(world.directory, inputs.workingDirectory.value), 'package.json');
  if (world.files.read(path).kind !== 'absent') return world;
  return { ...world, files: overlayFiles(world.files, [{ path, before: null, after: '{}', mode: 0o600 }]) };
}
