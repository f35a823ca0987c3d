import type { ClientName } from '../domain/client.ts';
import type { Declaration } from './declaration.ts';

/** The maps by which pnpm and Yarn 1 go, strongest first. */
const order = ['optional', 'prod', 'dev', 'peer'] as const;

/**
 * What a client takes a name for that stands in several maps of a manifest. npm and Yarn 2+ go by the last of peers, dependencies, optional ones and development;
 * pnpm and Yarn 1 take development for weaker than dependencies (run for real: npm 10 and 12, pnpm 9 to 12, Yarn 1, 3 and 4; Bun 1.4.5 fetches what both
 * say).
 */
export function declarationTaken(client: ClientName, declaration: Declaration): Declaration {
  if (declaration.said === undefined || (client !== 'pnpm' && client !== 'yarn')) return declaration;
  const { said } = declaration;
  const [strongest] = order.flatMap((kind) => said.filter((one) => one.kind === kind));
  if (strongest === undefined) return declaration;
  const { spec, written, source } = strongest;
  return { ...declaration, spec, written, source };
}
