import type { ConfigWriting } from '../../domain/client.ts';

/** The lines of a `.yarnrc.yml` (`file`) that Yarn 2 to 4 take alike (measured: y02, y07f, y08c, y12b). */
export function berryWriting(file: string): ConfigWriting {
  return {
    file,
    credentialsInProject: true,
    registry: (scope, registry) =>
      scope === null
        ? `npmRegistryServer: ${quoted(registry)}`
        : ['npmScopes:', `  ${scopeKey(scope)}:`, `    npmRegistryServer: ${quoted(registry)}`].join('\n'),
    credential: (scope, registry, variable) =>
      scope === null
        ? [
            'npmRegistries:',
            `  ${quoted(registry.replace(/\/$/, ''))}:`,
            `    npmAuthToken: "\${${variable}-}"`,
            '    npmAlwaysAuth: true',
          ].join('\n')
        : [
            'npmScopes:',
            `  ${scopeKey(scope)}:`,
            `    npmRegistryServer: ${quoted(registry)}`,
            `    npmAuthToken: "\${${variable}-}"`,
          ].join('\n'),
    tarball: () => null,
  };
}

/** A text in double quotes, as YAML has it. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}

/** A scope as a key of `npmScopes`: without its `@` (measured: y19), quoted where it is no plain word. */
export function scopeKey(scope: string): string {
  const name = scope.replace(/^@/, '');
  return /^[A-Za-z]\w*(?:-\w+)*$/.test(name) ? name : quoted(name);
}
