/** Every key that npm 12 knows as a setting of its own (`npm help config`, 12.0 to 12.2). */
const settingKeys = `_auth access all allow-same-version allow-directory allow-file allow-git allow-remote allow-scripts also audit
audit-level auth-type before bin-links browser bypass-2fa ca cache cache-max cache-min cafile call cert cidr color commit-hooks cpu
dangerously-allow-all-scripts depth description dev diff diff-ignore-all-space diff-name-only diff-no-prefix diff-dst-prefix
diff-src-prefix diff-text diff-unified dry-run editor engine-strict expect-result-count expect-results expires extension-file
fetch-retries fetch-retry-factor fetch-retry-maxtimeout fetch-retry-mintimeout fetch-timeout force foreground-scripts
format-package-lock fund git git-tag-version global globalconfig global-ignore-file global-style heading https-proxy if-present
ignore-extension ignore-scripts include include-staged include-workspace-root include-attestations init-author-email
init-author-name init-author-url init-license init-module init-type init-version init-private init.author.email init.author.name
init.author.url init.license init.module init.version install-links install-strategy json key legacy-bundling legacy-peer-deps
libc link local-address location lockfile-version loglevel logs-dir logs-max long name maxsockets message min-release-age
min-release-age-exclude node-gyp node-options noproxy offline omit omit-lockfile-registry-resolved only orgs optional os otp package
package-lock package-lock-only pack-destination packages patches-dir allow-unused-patches ignore-patch-failures edit-dir
ignore-existing keep-edit-dir parseable allow-scripts-pending allow-scripts-pin prefer-dedupe prefer-offline prefer-online prefix
preid production progress provenance provenance-file proxy read-only rebuild-bundle registry replace-registry-host save save-bundle
save-dev save-exact save-optional save-peer save-prefix save-prod sbom-format sbom-type scope scopes packages-all
packages-and-scopes-permission orgs-permission password token-description script-shell searchexclude searchlimit searchopts
searchstaleness shell sign-git-commit sign-git-tag strict-peer-deps strict-allow-scripts strict-npmrc strict-ssl tag
tag-version-prefix timing to umask unicode update-notifier usage user-agent userconfig version versions viewer which workspace
workspaces workspaces-update yes npm-version global-prefix local-prefix`;

const known = new Set(settingKeys.split(/\s+/));
const registryFields = new Set([
  '_auth',
  '_authToken',
  '_password',
  'certfile',
  'email',
  'keyfile',
  'username',
]);

/** Whether npm 12 knows a key of an `.npmrc`; for `//host/path/:field` and `@scope:field` the field counts (measured: x14). */
export function knownToNpm12(key: string): boolean {
  if (known.has(key)) return true;
  const colon = key.lastIndexOf(':');
  const field = key.slice(colon + 1);
  return colon !== -1 && (known.has(field) || registryFields.has(field));
}
