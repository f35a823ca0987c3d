import type { ClientNetwork } from '../domain/client.ts';
import type { FileReader, FileReading } from '../domain/file-reader.ts';
import type { EnvironmentVariables } from './proxy-settings.ts';

/** A certificate setting that can't be used as meant. `path` is `null` for certificates given as text. */
export interface TlsProblem {
  setting: 'cafile' | 'ca' | 'NODE_EXTRA_CA_CERTS' | 'SSL_CERT_FILE' | 'CI_SERVER_TLS_CA_FILE';
  path: string | null;
  why: string;
}

/** Certificates (PEM) beside or in the place of (`instead`) the well-known authorities, which `null` leaves as they are. */
export interface Trusted {
  instead: readonly string[] | null;
  added: readonly string[];
}

/** How https servers are trusted. `trusted: null` is Node's default. `unusable`: the client would end here too. */
export type TlsSettings =
  | {
      kind: 'usable';
      trusted: Trusted | null;
      rejectUnauthorized: boolean;
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
 * Trust as a package manager on Node has it: `ca` or `cafile` take the place of the well-known authorities, a `cafile` that is
 * absent counts as none, one that can't be read ends the client (npm's config definitions). `NODE_EXTRA_CA_CERTS` adds to the
 * well-known ones only. `strict-ssl=false` trusts everything.
 */
export function tlsSettings(sources: TlsSources): TlsSettings {
  const { network, env, files } = sources;
  const problems: TlsProblem[] = [];
  const read = (setting: TlsProblem['setting'], path: string): string | null => {
    const reading = files.read(path);
    const why = reading.kind === 'text' ? lacking(reading.text) : reasonOf(reading);
    if (why !== null) problems.push({ setting, path, why });
    return reading.kind === 'text' ? reading.text : null;
  };

  let own: readonly string[] = network?.ca ?? [];
  if (own.length > 0 && own.every((text) => lacking(text) !== null)) {
    problems.push({ setting: 'ca', path: null, why: 'holds no certificate' });
  }
  if (network?.cafile) {
    const reading = files.read(network.cafile);
    const text = read('cafile', network.cafile);
    if (text !== null && text.trim() !== '') own = [text];
    else if (text === null && reading.kind !== 'absent') {
      const why = problems.at(-1)?.why ?? 'can not be read';
      return {
        kind: 'unusable',
        code: 'CAFILE_UNREADABLE',
        why: `cafile ${network.cafile} ${why}`,
        problems,
      };
    }
  }

  const added: string[] = [];
  const extra = env.NODE_EXTRA_CA_CERTS;
  const extraText = extra ? read('NODE_EXTRA_CA_CERTS', extra) : null;
  const extraCounts = own.length === 0 || network?.extraBesideOwn === true;
  if (extraText !== null && extraCounts && (extra !== sources.startedWith || own.length > 0))
    added.push(extraText);
  const server = sources.trustCiServerCa ? env.CI_SERVER_TLS_CA_FILE : undefined;
  const serverText = server ? read('CI_SERVER_TLS_CA_FILE', server) : null;
  if (serverText !== null) added.push(serverText);

  const replaced =
    own.length === 0 && network?.authorityFile ? read('SSL_CERT_FILE', network.authorityFile) : null;

  const rejectUnauthorized = network?.strictSsl ?? true;
  if (own.length === 0 && added.length === 0 && replaced === null) {
    return { kind: 'usable', trusted: null, rejectUnauthorized, problems };
  }
  const instead = own.length > 0 ? own : replaced === null ? null : [replaced];
  const beside = own.length > 0 || extraText === null ? [] : [extraText];
  const trusted: Trusted = {
    instead: instead?.flatMap(certificatesIn) ?? null,
    added: [...beside, ...added].flatMap(certificatesIn),
  };
  return { kind: 'usable', trusted, rejectUnauthorized, problems };
}

/** The certificates of a bundle one by one, also where no line end parts them, as npm reads a `cafile`. */
function certificatesIn(pem: string): readonly string[] {
  const end = '-----END CERTIFICATE-----';
  const parts = pem.split(end).filter((part) => part.trim() !== '');
  return parts.map((part) => `${part.trimStart()}${end}\n`);
}

function lacking(pem: string): string | null {
  return pem.includes('-----BEGIN') ? null : 'holds no certificate';
}

function reasonOf(reading: Exclude<FileReading, { kind: 'text' }>): string {
  if (reading.kind === 'absent') return 'does not exist';
  return reading.kind === 'not-a-file' ? 'is no file' : `can not be read: ${reading.why}`;
}
