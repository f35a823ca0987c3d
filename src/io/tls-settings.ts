import type { AuthorityRule, ClientNetwork } from '../domain/client-network.ts';
import type { FileReader, FileReading } from '../domain/file-reader.ts';
import { certificatesOf, readCafile, systemCertificates, unreadReason } from './authority-files.ts';
import type { EnvironmentVariables } from './proxy-settings.ts';

/** A certificate setting that can't be used as meant. `path` is `null` for certificates given as text. */
export interface TlsProblem {
  setting: 'cafile' | 'ca' | 'NODE_EXTRA_CA_CERTS' | 'SSL_CERT_FILE' | 'CI_SERVER_TLS_CA_FILE';
  path: string | null;
  why: string;
}

/**
 * Certificates (PEM) and what they stand beside: what Node trusts on its own, what clients that are no Node programs bring along (`system`: and what Node
 * knows of this system's authorities), or nothing.
 */
export interface Trusted {
  beside: 'those-of-node' | 'bundled' | 'nothing';
  system: boolean;
  certificates: readonly string[];
}

/** How https servers are trusted. `trusted: null` is Node's default. `unusable`: the client would end here too. */
export type TlsSettings =
  | {
      kind: 'usable';
      trusted: Trusted | null;
      rejectUnauthorized: boolean;
      /** Whose checks beside those of Node a certificate has to pass. */
      rule: AuthorityRule;
      /** The client's own certificate. */
      certificate: ClientNetwork['certificate'];
      problems: readonly TlsProblem[];
    }
  | { kind: 'unusable'; code: string; why: string; problems: readonly TlsProblem[] };

export interface TlsSources {
  network: ClientNetwork | null;
  env: EnvironmentVariables;
  files: FileReader;
  /** `NODE_EXTRA_CA_CERTS` as this process started with it: Node itself trusts it then. */
  startedWith: string | undefined;
  /** Also trust `CI_SERVER_TLS_CA_FILE`. No package manager reads it, so a check that trusts it passes where an install fails. */
  trustCiServerCa: boolean;
}

/**
 * Trust as a package manager has it: `ca` or `cafile` take the place of the well-known authorities, `NODE_EXTRA_CA_CERTS` adds to the well-known ones
 * only, `strict-ssl=false` trusts everything (npm's config definitions). pnpm 12 and Bun are no Node programs: they trust the authorities of the system too, which
 * `SSL_CERT_FILE` takes the place of (Bun: stands beside), and read each file by rules of their own (run for real).
 */
export function tlsSettings(sources: TlsSources): TlsSettings {
  const { network, env, files } = sources;
  const rule = network?.authorities ?? 'npm';
  const isNative = rule === 'pnpm-12' || rule === 'bun';
  const problems: TlsProblem[] = [];
  const note = (setting: TlsProblem['setting'], path: string, reading: FileReading) => {
    const why = reading.kind === 'text' ? lacking(reading.text) : unreadReason(reading);
    if (why !== null) problems.push({ setting, path, why });
  };
  /** The certificates of a file beside `cafile`. */
  const read = (setting: TlsProblem['setting'], path: string | undefined): readonly string[] => {
    if (!path) return [];
    const reading = files.read(path);
    note(setting, path, reading);
    const texts = reading.kind === 'text' ? certificatesOf(reading.text, isNative ? rule : 'npm') : [];
    if (texts === null) problems.push({ setting, path, why: damaged });
    return texts ?? [];
  };
  const unusable = (why: string): TlsSettings => ({
    kind: 'unusable',
    code: 'CAFILE_UNREADABLE',
    why,
    problems,
  });

  let own: readonly string[] | null = network !== null && network.ca.length > 0 ? network.ca : null;
  if (own?.every((text) => lacking(text) !== null))
    problems.push({ setting: 'ca', path: null, why: 'holds no certificate' });
  if (network?.cafile) {
    const reading = files.read(network.cafile);
    note('cafile', network.cafile, reading);
    const cafile = readCafile(reading, rule);
    if (cafile.kind === 'stops') return unusable(`cafile ${network.cafile} ${cafile.why}`);
    if (cafile.kind === 'certificates') own = cafile.texts;
  }

  const extra = read('NODE_EXTRA_CA_CERTS', env.NODE_EXTRA_CA_CERTS);
  if (rule === 'pnpm-12' && problems.at(-1)?.why === damaged)
    return unusable(`NODE_EXTRA_CA_CERTS ${env.NODE_EXTRA_CA_CERTS} ${damaged}`);
  const server = sources.trustCiServerCa
    ? read('CI_SERVER_TLS_CA_FILE', env.CI_SERVER_TLS_CA_FILE || undefined)
    : [];
  const rejectUnauthorized = network?.strictSsl ?? true;
  const usable = (trusted: Trusted | null): TlsSettings => ({
    kind: 'usable',
    trusted,
    rejectUnauthorized,
    rule,
    certificate: network?.certificate,
    problems,
  });
  if (own !== null) {
    const certificates = [...own, ...(rule === 'pnpm-12' ? extra : []), ...server];
    return usable({ beside: 'nothing', system: false, certificates });
  }
  const added = [...extra, ...server];
  if (isNative) {
    const named = read('SSL_CERT_FILE', env.SSL_CERT_FILE);
    const isAll = rule === 'pnpm-12' && named.length > 0;
    const shared = isAll || env.SSL_CERT_DIR ? null : systemCertificates(files);
    const certificates = [...named, ...(shared ?? []), ...added];
    // those that pnpm 12 brings along are for systems without any
    const beside = rule === 'pnpm-12' && (isAll || shared !== null) ? 'nothing' : 'bundled';
    return usable({ beside, system: !isAll && shared === null, certificates });
  }
  const isNodes = extra.length === 0 || env.NODE_EXTRA_CA_CERTS === sources.startedWith;
  if (isNodes && server.length === 0) return usable(null);
  return usable({ beside: 'those-of-node', system: false, certificates: added });
}

const damaged = 'holds a certificate that can not be read';

function lacking(pem: string): string | null {
  return pem.includes('-----BEGIN') ? null : 'holds no certificate';
}
