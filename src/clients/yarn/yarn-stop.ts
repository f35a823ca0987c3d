import type { ClientStop } from '../../domain/client.ts';
import type { ClientWorld } from '../../domain/client-world.ts';
import { printableText } from '../npmrc/printable-line.ts';
import { foldersUpward, pathsOf, shownPath } from '../world-paths.ts';
import type { YarnRules } from './yarn-rules.ts';
import type { YarnSettings } from './yarn-settings.ts';

/**
 * Why Yarn 1 ends before any request, whatever is asked of it: a `.yarnrc` it can't read, a package.json that is meant for another client
 * (1.22.20+, unless Corepack started it), an unset reference in any `.npmrc` (measured: u01, u08). `null` when it goes on.
 */
export function yarnStop(world: ClientWorld, settings: YarnSettings, rules: YarnRules): ClientStop | null {
  return settings.stop ?? otherClient(world, rules) ?? unsetReference(settings);
}

function unsetReference({ entries }: YarnSettings): ClientStop | null {
  for (const { superseded, references, source } of entries) {
    const unset = superseded ? undefined : references.find(({ state }) => state === 'unset');
    if (unset) return { code: 'Error', message: `Failed to replace env in config: ${unset.shown}`, source };
  }
  return null;
}

function otherClient(world: ClientWorld, { packageManagerCheck }: YarnRules): ClientStop | null {
  const { env } = world;
  const nearest = packageManagerCheck === 'nearest';
  if (packageManagerCheck === 'none' || env.COREPACK_ROOT) return null;
  if (nearest && env.SKIP_YARN_COREPACK_CHECK) return null;
  for (const folder of foldersUpward(world).slice(0, -1)) {
    const path = pathsOf(world).join(folder, 'package.json');
    const file = world.files.read(path);
    if (file.kind !== 'text') continue;
    const declared = declaredIn(file.text);
    if (declared !== null) {
      return /^yarn@[01]\./.test(declared) ? null : stopFor(declared, shownPath(world, path), file.text);
    }
    if (!nearest) return null;
  }
  return null;
}

function declaredIn(text: string): string | null {
  if (!text.includes('"packageManager"')) return null;
  try {
    const manifest: unknown = JSON.parse(text);
    const own =
      typeof manifest === 'object' && manifest !== null && Object.hasOwn(manifest, 'packageManager');
    const declared: unknown = own ? (manifest as Record<string, unknown>).packageManager : null;
    return typeof declared === 'string' ? declared : null;
  } catch {
    return null;
  }
}

function stopFor(declared: string, path: string, text: string): ClientStop {
  const before = text.slice(0, text.indexOf('"packageManager"'));
  const shown = printableText(declared.slice(0, 100).replace(/\+.*/s, ''));
  return {
    code: 'packageManager',
    message: `This project's package.json defines "packageManager": "${shown}", which this Yarn is not`,
    source: { kind: 'file', path, line: before.split('\n').length },
  };
}
