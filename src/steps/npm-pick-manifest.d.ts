declare module 'npm-pick-manifest' {
  interface Candidates {
    name: string;
    'dist-tags': Readonly<Record<string, string>>;
    versions: Readonly<Record<string, { name: string; version: string }>>;
  }
  /** Throws `ETARGET` when no version fits and `EINVALIDPACKAGENAME` or similar for unusable input. */
  export default function pickManifest(
    packument: Candidates,
    wanted: string,
  ): { name: string; version: string };
}
