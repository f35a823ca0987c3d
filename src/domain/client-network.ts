export type ContentEncoding = 'gzip' | 'x-gzip' | 'deflate' | 'br' | 'zstd';

/** Whose way with files of certificates; `pnpm-10`: up to that version. */
export type AuthorityRule = 'npm' | 'pnpm-10' | 'pnpm-11' | 'pnpm-12' | 'yarn' | 'yarn-berry' | 'bun';

/** How a client comes to its servers, and what it takes from them. */
export interface ClientNetwork {
  proxy: string | null;
  httpsProxy: string | null;
  noProxy: string | null;
  /** PEM texts given in settings. */
  ca: readonly string[];
  /** Path of a PEM file. */
  cafile: string | null;
  /** The client's own certificate and its key (PEM), for servers that ask for one. */
  certificate?: { cert: string; key: string };
  strictSsl: boolean;
  /** `own`: each proxy is for its own scheme, and no variable counts beside them, as all clients have it. Left out: variables count too. */
  proxies?: 'own';
  /** How it reads files of authorities, and which it trusts without being told. Left out: as npm does. */
  authorities?: AuthorityRule;
  /** An answer of status 100 that it did not ask for ends its request, as with undici. Left out: it reads on. */
  refusesContinue?: true;
  /** A body without a length is whole for it where the connection is reset behind it. Left out: it is broken off (run for real). */
  endsAtReset?: true;
  /** Bytes behind a body of known length are nothing to it. Left out: they end its request, as Node's client does (run for real). */
  readsNoFurther?: true;
  /** Most bytes of an answer's head. Left out: as many as Node's client takes, 16 kB unless told (run for real). */
  longestHead?: number;
  /** It looks up an IPv6 address in brackets as if it were a name, which fails. Left out: it connects to it (run for real). */
  looksUpAddresses?: true;
  /**
   * What becomes of a proxy's user or password with a `%` that begins no escape: it goes out as it stands, or is left out. Left out: the client ends
   * (URI malformed; run for real).
   */
  badEscapes?: 'kept' | 'dropped';
  /** It sends the user of a proxy without a password without a colon, always or where the URL has none. Left out: with a colon (run for real). */
  sendsLoneUser?: 'always' | 'as-written';
  /** A proxy's URL with a path or a query ends it. Left out: they count for nothing (run for real). */
  refusesProxyPath?: true;
  /** It speaks SOCKS with proxies too. */
  speaksSocks?: true;
  /** It has proxies open a tunnel for http URLs too, which many allow to port 443 only. Left out: it asks them for the whole URL (run for real). */
  tunnelsHttp?: true;
  /** Most redirects that it follows for one request. Left out: 20, as node-fetch and fetch have it. */
  mostRedirects?: number;
  /** It takes a tarball from an answer with status 200 only. Left out: from any of 200 to 299, as all take metadata. */
  tarballsOf200?: true;
  /** It ends at metadata that names no digest of the tarball. Left out: it then takes what comes (run for real). */
  needsDigest?: true;
  /** It reads JSON behind a byte order mark. Left out: it stops there. */
  passesByteOrderMark?: true;
  /** Metadata in which any version is no object ends it. Left out: the chosen one alone matters. */
  wantsWholeVersions?: true;
  /** The content encodings that it takes off a body, asked for or not. Left out: those of Node's fetch libraries. Any other body it takes as it is (run for real). */
  decodes?: readonly ContentEncoding[];
  /** The same for tarballs. Left out: no others. */
  decodesTarballs?: readonly ContentEncoding[];
  /** Statuses of success whose body it never reads. */
  bodiless?: readonly number[];
}
