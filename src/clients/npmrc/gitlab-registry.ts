/** Whether the text of a registry, with or without references in it, names one of GitLab's npm prefixes (GitLab model, section 1). */
export function isGitLabRegistry(text: string): boolean {
  return (
    /^(?:https?:\/\/[^@?#]*|\$\{\w+\}[^@?#]*)\/packages\/npm\/?$/.test(text) &&
    (text.includes('/api/v4/') || text.includes('${'))
  );
}

/** Whether the text of a registry names one that serves private packages only: GitLab's, or GitHub's by its documented addresses. */
export function isForgeRegistry(text: string): boolean {
  return (
    isGitLabRegistry(text) ||
    /^https:\/\/npm\.(?:pkg\.github\.com|[\w-]+\.ghe\.com)(?:\/|$)|^https?:\/\/[^@?#/]+\/_registry\/npm(?:\/|$)/.test(
      text,
    )
  );
}

/** The scope of the setting `@scope:registry`; `null` for every other key. */
export function scopeOfKey(key: string): string | null {
  return /^(@[^:/]+):registry$/.exec(key)?.[1] ?? null;
}
