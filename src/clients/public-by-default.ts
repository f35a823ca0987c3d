import type { RegistryChoice } from '../domain/client.ts';

/** The choice of a client for packages that nothing maps. `client` is its name in sentences, `what` maps its packages. */
export function publicByDefault(client: string, what: 'line' | 'setting' = 'line'): RegistryChoice {
  const why = `${client} asks the public npm registry where no ${what} names another`;
  return { url: null, source: { kind: 'default', why }, key: null };
}
