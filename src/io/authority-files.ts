import type { AuthorityRule } from '../domain/client-network.ts';
import type { FileReader, FileReading } from '../domain/file-reader.ts';

/** What a client makes of the file that `cafile` names. `nobody`: it is read, and nobody is trusted. */
export type CafileReading =
  | { kind: 'certificates'; texts: readonly string[] }
  | { kind: 'none' }
  | { kind: 'stops'; why: string };

interface FileRules {
  absent: 'none' | 'stops';
  /** A file of nothing but blanks. `[]` trusts nobody. */
  empty: 'none' | 'stops' | 'nobody';
  unreadable: 'none' | 'stops';
  /** The certificates of a text as the client hands them to TLS; `null` where one of them is damaged and it notices. */
  certificatesIn(pem: string): readonly string[] | null;
}

/** Run for real: npm 10, pnpm 10.34, 11.28 and 12.21, Yarn 1.22, Yarn 3.8 and 4.18, Bun 1.4. */
const fileRules: Readonly<Record<AuthorityRule, FileRules>> = {
  npm: { absent: 'none', empty: 'none', unreadable: 'stops', certificatesIn: oneByOne },
  'pnpm-10': { absent: 'none', empty: 'nobody', unreadable: 'stops', certificatesIn: oneByOne },
  'pnpm-11': { absent: 'none', empty: 'none', unreadable: 'none', certificatesIn: oneByOne },
  yarn: { absent: 'none', empty: 'nobody', unreadable: 'none', certificatesIn: byLines },
  'yarn-berry': { absent: 'stops', empty: 'nobody', unreadable: 'stops', certificatesIn: (pem) => [pem] },
  'pnpm-12': { absent: 'none', empty: 'none', unreadable: 'none', certificatesIn: lineCertificates },
  bun: { absent: 'stops', empty: 'stops', unreadable: 'stops', certificatesIn: soundCertificates },
};

/** What becomes of a `cafile`, by the rule of the client. */
export function readCafile(reading: FileReading, rule: AuthorityRule): CafileReading {
  const rules = fileRules[rule];
  if (reading.kind !== 'text') {
    const ends = rules[reading.kind === 'absent' ? 'absent' : 'unreadable'] === 'stops';
    return ends ? { kind: 'stops', why: unreadReason(reading) } : { kind: 'none' };
  }
  if (reading.text.trim() === '') {
    if (rules.empty === 'nobody') return { kind: 'certificates', texts: [] };
    return rules.empty === 'none' ? { kind: 'none' } : { kind: 'stops', why: 'is empty' };
  }
  const texts = rules.certificatesIn(reading.text);
  if (texts === null) return { kind: 'stops', why: 'holds a certificate that can not be read' };
  if (texts.length > 0 || rule === 'yarn') return { kind: 'certificates', texts };
  return rules.empty === 'stops' ? { kind: 'stops', why: 'holds no certificate' } : { kind: 'none' };
}

/** The certificates of a file beside `cafile`; `null` where the client notices a damaged one. */
export function certificatesOf(pem: string, rule: AuthorityRule): readonly string[] | null {
  return fileRules[rule].certificatesIn(pem);
}

/** Why a file is not read. */
export function unreadReason(reading: Exclude<FileReading, { kind: 'text' }>): string {
  if (reading.kind === 'absent') return 'does not exist';
  return reading.kind === 'not-a-file' ? 'is no file' : `can not be read: ${reading.why}`;
}

/** Where systems keep the authorities that all programs share: Debian and Alpine, Red Hat, SUSE, others. */
const systemFiles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

/** The certificates of this system's own file; `null` where there is none, as on macOS and Windows. */
export function systemCertificates(files: FileReader): readonly string[] | null {
  for (const path of systemFiles) {
    const reading = files.read(path);
    if (reading.kind === 'text') return blocksAtLineStarts(reading.text);
  }
  return null;
}

/** As npm reads a `cafile`: also where no line end parts two certificates. */
function oneByOne(pem: string): readonly string[] {
  const end = '-----END CERTIFICATE-----';
  const parts = pem.split(end).filter((part) => part.trim() !== '');
  return parts.map((part) => `${part.trimStart()}${end}\n`);
}

/** Yarn 1 takes what stands between two lines of dashes; a line with two marks in it spoils both certificates. */
function byLines(pem: string): readonly string[] {
  return pem.split(/(-----BEGIN .*\r?\n[^-]+\r?\n--.*)/).filter((part) => part.startsWith('-----BEGIN '));
}

/** A mark counts at the start of a line only, so that a byte order mark hides the first certificate. */
function blocksAtLineStarts(pem: string): readonly string[] {
  return pem.match(/^-----BEGIN CERTIFICATE-----[\s\S]*?^-----END CERTIFICATE-----/gm) ?? [];
}

function lineCertificates(pem: string): readonly string[] | null {
  const blocks = blocksAtLineStarts(pem);
  return blocks.every(isSound) ? blocks : null;
}

/** Bun takes the whole file or nothing of it. */
function soundCertificates(pem: string): readonly string[] | null {
  const blocks = lineCertificates(pem);
  const begun = pem.match(/-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----/g)?.length ?? 0;
  return blocks !== null && blocks.length === begun ? blocks : null;
}

function isSound(block: string): boolean {
  try {
    new (process.getBuiltinModule('node:crypto').X509Certificate)(block);
    return true;
  } catch {
    return false;
  }
}
