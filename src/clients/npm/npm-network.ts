import type { ClientNetwork } from '../../domain/client-network.ts';
import type { ClientWorld } from '../../domain/client-world.ts';
import type { ConfigEntry } from '../npmrc/config-entry.ts';
import { nearCertificates, ownCertificate } from '../npmrc/near-certificates.ts';
import type { LoadedSettings } from './load-settings.ts';
import { isNothing, isOn } from './npm-entry.ts';
import type { NpmRules } from './npm-rules.ts';

/**
 * Proxy and certificate settings as npm uses them: `https-proxy`, else `proxy`, for either protocol; else the variables
 * `HTTPS_PROXY`, and for http URLs `HTTP_PROXY` and `PROXY`, in either case (npm-registry-fetch, @npmcli/agent). That http fallback is nothing for https URLs.
 */
export function npmNetwork(settings: LoadedSettings, rules: NpmRules, world: ClientWorld): ClientNetwork {
  const { env, projectDirectory: directory } = world;
  const byLowerName = new Map<string, string>();
  for (const [name, value] of Object.entries(env)) if (value) byLowerName.set(name.toLowerCase(), value);
  const variable = (name: string) => byLowerName.get(name);
  const url = (key: string) =>
    settings.typed(key, (value) => value === '' || URL.canParse(value) || !rules.dropsWrongTypes)?.value ||
    undefined;
  const set = url('https-proxy') ?? url('proxy');
  const secure = set ?? variable('https_proxy');
  const strict = settings.effective.get('strict-ssl');
  const own = settings.effective.get('noproxy')?.value || null;
  const shared = variable('no_proxy') ?? null;
  const both = [own, shared].filter((list) => list !== null).join(',') || null;
  return {
    proxies: 'own',
    ...(rules.looksUpAddresses ? { looksUpAddresses: true } : {}),
    proxy: secure ?? variable('http_proxy') ?? variable('proxy') ?? null,
    httpsProxy: secure ?? null,
    noProxy: rules.exemptions === 'setting-and-variable' ? both : (own ?? shared),
    ca: certificates(settings.effective.get('ca')),
    ...ownCertificate(world, settings.effective, nearCertificates(settings.effective, false)),
    speaksSocks: true,
    cafile: settings.path('cafile') ?? emptyPath(settings, directory),
    strictSsl:
      strict === undefined ||
      (!rules.dropsWrongTypes && /^(?:null|undefined)$/.test(strict.raw)) ||
      isOn(strict, rules),
  };
}

/** An empty `cafile` is the folder that npm runs in: it ends, as it can't be read as a file (run for real: 10 to 12). */
function emptyPath({ effective }: LoadedSettings, directory: string): string | null {
  const entry = effective.get('cafile');
  return entry?.value === '' && !isNothing(entry) ? directory : null;
}

/**
 * The text as it stands: `\\n` is a line end within double quotes only, so that a bare `ca`, an empty one too, trusts nobody: npm then fails with
 * UNABLE_TO_VERIFY_LEAF_SIGNATURE (run for real: 10, 11).
 */
function certificates(entry: ConfigEntry | undefined): readonly string[] {
  return entry === undefined || isNothing(entry) ? [] : [entry.value];
}
