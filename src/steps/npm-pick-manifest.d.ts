declare module 'npm-pick-manifest' {
  interface Candidates {
    name: string;
    'dist-tags': Readonly<Record<string, string>>;
    versions: Readonly<Record<string, Candidate>>;
  }
  interface Candidate {
    name: string;
    version: string;
    deprecated?: string | null;
    engines?: Readonly<Record<string, string>>;
  }
  /** Of versions with `engines` it prefers those that take the Node that it runs on. Throws `ETARGET` when no version fits and `EINVALIDPACKAGENAME` or similar for unusable input. */
  export default function pickManifest(
    packument: Candidates,
    wanted: string,
    options?: { npmVersion?: string },
  ): { name: string; version: string };
}
