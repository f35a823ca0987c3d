import type { Clues } from '../../domain/cause.ts';
import type { ClientName } from '../../domain/client.ts';

/** How each client writes one package's entry of its lockfile anew, at a version or dist-tag. */
const commands = {
  npm: (wanted) => `npm install ${wanted} --package-lock-only`,
  pnpm: (wanted) => `pnpm add ${wanted} --lockfile-only`,
  yarn: (wanted) => `yarn upgrade ${wanted}`,
  'yarn-berry': (wanted) => `yarn up ${wanted} --mode=update-lockfile`,
  bun: (wanted) => `bun add ${wanted} --lockfile-only`,
} satisfies Record<ClientName, (wanted: string) => string>;

/** The command that writes the package of a case anew into the lockfile; `wanted` is a version or dist-tag. */
export function lockfileCommand({ case: { target }, run }: Clues, wanted: string): string {
  return commands[run.client.client.name](`${target.dependency.name}@${wanted}`);
}
