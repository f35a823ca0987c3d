import type { ClientNetwork } from '../../domain/client.ts';
import type { LoadedSettings } from './load-settings.ts';
import { isOn } from './npm-entry.ts';
import type { NpmRules } from './npm-rules.ts';

/**
 * Proxy and certificate settings as npm uses them: `https-proxy`, else `proxy`, for either protocol; else the variables
 * `HTTPS_PROXY`, and for http URLs `HTTP_PROXY` and `PROXY`, in either case (npm-registry-fetch, @npmcli/agent). That http fallback is nothing for https URLs.
 */
export function npmNetwork(
  settings: LoadedSettings,
  rules: NpmRules,
  env: Readonly<Record<string, string | undefined>>,
): ClientNetwork {
  const byLowerName = new Map<string, string>();
  for (const [name, value] of Object.entries(env)) if (value) byLowerName.set(name.toLowerCase(), value);
  const variable = (name: string) => byLowerName.get(name);
  const url = (key: string) =>
    settings.typed(key, (value) => value === '' || URL.canParse(value))?.value || undefined;
  const set = url('https-proxy') ?? url('proxy');
  const secure = set ?? variable('https_proxy');
  const strict = settings.effective.get('strict-ssl');
  const own = settings.effective.get('noproxy')?.value || null;
  const shared = variable('no_proxy') ?? null;
  const both = [own, shared].filter((list) => list !== null).join(',') || null;
  return {
    proxies: 'own',
    proxy: secure ?? variable('http_proxy') ?? variable('proxy') ?? null,
    httpsProxy: secure ?? null,
    noProxy: rules.exemptions === 'setting-and-variable' ? both : (own ?? shared),
    ca: certificates(settings.effective.get('ca')?.value ?? ''),
    cafile: settings.path('cafile'),
    strictSsl: strict === undefined || isOn(strict, rules),
  };
}

/** A `ca` without a certificate trusts nobody: npm 11 then fails with UNABLE_TO_GET_ISSUER_CERT_LOCALLY (run for real). */
function certificates(value: string): readonly string[] {
  const texts = value.replaceAll('\\n', '\n').match(/-----BEGIN [^-]+-----[\s\S]*?-----END [^-]+-----/g);
  if (texts !== null) return texts.map((text) => `${text}\n`);
  return ['', 'null'].includes(value.trim()) ? [] : [value];
}
