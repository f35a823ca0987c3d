import type { Source } from './source.ts';

/** One request that the client would send. `state` says what is known of the credential's value; `sent` whether a header goes out. */
export interface WhichRequest {
  url: string;
  kind: 'metadata' | 'tarball' | 'url';
  credential: { key: string; source: Source; state: string } | null;
  sent: boolean;
}

/** The answer of `which` (its JSON form). `registry.url` is `null` for the public npm registry; `stops` why the client asks nothing at all. */
export interface WhichAnswer {
  package: string | null;
  client: string;
  registry: { url: string | null; source: Source } | null;
  requests: readonly WhichRequest[];
  stops?: string;
}
