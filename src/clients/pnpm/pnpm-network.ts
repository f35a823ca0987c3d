import type { ClientNetwork } from '../../domain/client-network.ts';
import type { ClientWorld } from '../../domain/client-world.ts';
import type { ConfigEntry } from '../npmrc/config-entry.ts';
import { nearCertificates, ownCertificate } from '../npmrc/near-certificates.ts';
import { withScheme } from '../proxy-with-scheme.ts';
import { pathsOf } from '../world-paths.ts';
import { pnpmVariable } from './pnpm-environment.ts';
import { namedPath } from './pnpm-places.ts';
import type { PnpmRules } from './pnpm-rules.ts';
import type { PnpmSettings } from './pnpm-settings.ts';

/**
 * Proxy and certificates as pnpm uses them: `https-proxy`, else `proxy`, else `HTTPS_PROXY`; for http URLs that, else `HTTP_PROXY` and
 * `PROXY`; `noproxy` of an rc file counts in all but 11, `no-proxy` in all (run for real); from 11 on `http-proxy` and the settings of YAML files and of `pnpm_config_…` too (@pnpm/config, @pnpm/config.reader).
 */
export function pnpmNetwork(world: ClientWorld, settings: PnpmSettings, rules: PnpmRules): ClientNetwork {
  // the one of version 12, whose network is another one
  const native = rules.reader === 'lines';
  const newer = rules.userFile !== 'npm-variables';
  const { workspace, global } = settings.layers;
  const text = (kebab: string, camel: string, inRc = true): string | null => {
    const variable = pnpmVariable(world, rules, kebab.replaceAll('-', '_'));
    if (variable) return variable.value;
    const yaml =
      newer || rules.workspaceFile === 'settings' ? (workspace?.get(camel) ?? global?.get(camel)) : undefined;
    if (typeof yaml === 'string' || typeof yaml === 'boolean') return String(yaml);
    return (inRc && settings.effective.get(kebab)?.value) || null;
  };
  // the lower case first, by 12 the upper one; an empty one is a setting, and no proxy (run for real: 9.15.9, 10.34.9, 11.28.11, 12.21.0)
  const variable = (name: string) => {
    const both = [world.env[name], world.env[name.toUpperCase()]];
    const [first, second] = native ? both.reverse() : both;
    return first ?? second ?? null;
  };
  const proxy = (kebab: string, camel: string) => {
    const found = text(kebab, camel);
    return found === 'false' || found === 'null' ? null : found;
  };
  // up to 10 an empty `proxy=` turns proxies off, an empty `https-proxy=` does not (run for real: 9.15.9, 10.34.9; not 11.28.11)
  const isEmpty = !newer && settings.effective.get('proxy')?.value === '';
  const off = isEmpty || text('proxy', 'proxy') === 'false';
  const set = proxy('https-proxy', 'httpsProxy') ?? proxy('proxy', 'proxy');
  const secure = set ?? (off ? null : variable('https_proxy'));
  const plain = newer ? proxy('http-proxy', 'httpProxy') : null;
  const strict = text('strict-ssl', 'strictSsl');
  const near = nearCertificates(rules.keyedCertificates ? settings.effective : new Map(), true);
  const nearCa = near('ca')?.value.replaceAll('\\n', '\n');
  const cafile = near('cafile') ?? settings.effective.get('cafile');
  const variableCafile = native ? null : pnpmVariable(world, rules, 'cafile');
  const own = ownCertificate(world, newer ? new Map() : settings.effective, near);
  // as it stands: `\\n` is a line end within double quotes only (run for real: 10.34.9, 12.21.0)
  const ca = settings.effective.get('ca')?.value;
  return {
    proxies: 'own',
    ...(native ? nativeLibrary : newer ? fetchLibrary : nodeLibrary),
    proxy: withScheme(plain ?? secure ?? (off ? null : (variable('http_proxy') ?? variable('proxy')))),
    httpsProxy: withScheme(secure, native ? 'http' : 'https'),
    noProxy:
      text('no-proxy', 'noProxy') ??
      text('noproxy', 'noproxy', rules.reader !== 'ini') ??
      variable('no_proxy'),
    ca: nearCa ? [nearCa] : ca && ca !== 'null' ? [ca] : [],
    ...own,
    authorities: native ? 'pnpm-12' : newer ? 'pnpm-11' : 'pnpm-10',
    speaksSocks: true,
    ...(native ? { badEscapes: 'kept' } : {}),
    ...(rules.sendsLoneUser ? { sendsLoneUser: 'always' } : {}),
    cafile: nearCa
      ? null
      : variableCafile
        ? namedPath(world, variableCafile.value)
        : cafile?.value
          ? certificateFile(world, cafile, newer)
          : null,
    strictSsl: strict !== 'false',
  };
}

/** How the HTTP libraries of pnpm's versions read answers (run for real: 9.15.9 and 10.34.9, 11.28.11, 12.21.0). */
const nodeLibrary = {
  tarballsOf200: true,
  endsAtReset: true,
  decodesTarballs: [],
  looksUpAddresses: true,
} as const;
const fetchLibrary = {
  tunnelsHttp: true,
  refusesProxyPath: true,
  tarballsOf200: true,
  refusesContinue: true,
  endsAtReset: true,
  readsNoFurther: true,
  bodiless: [205],
  passesByteOrderMark: true,
  wantsWholeVersions: true,
  decodes: ['gzip', 'x-gzip', 'deflate', 'br', 'zstd'],
} as const;
const nativeLibrary = {
  longestHead: 400 * 1024,
  readsNoFurther: true,
  mostRedirects: 10,
  decodes: ['gzip', 'deflate', 'zstd'],
  decodesTarballs: ['gzip', 'x-gzip', 'deflate', 'zstd'],
} as const;

/** From pnpm 11 on a relative path counts from the file that names it. */
function certificateFile(world: ClientWorld, { value, source }: ConfigEntry, newer: boolean): string {
  if (!newer || source.kind !== 'file') return namedPath(world, value);
  const paths = pathsOf(world);
  return paths.resolve(world.projectDirectory, paths.dirname(source.path), value);
}
