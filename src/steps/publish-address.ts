import { routeFault } from '../clients/npmrc/gitlab-registry.ts';
import { hasToken } from '../clients/npmrc/printable-line.ts';
import type { RunFacts } from '../domain/cause.ts';
import type { RegistryChoice } from '../domain/client.ts';
import type { Environment } from '../domain/environment.ts';
import { ownRegistry } from '../domain/own-project.ts';
import type { AddressFault } from '../domain/publishing.ts';
import { isWebUrl, parsedUrl, sameOrigin } from '../domain/registry-key.ts';
import { sameSource } from '../domain/source.ts';

/** What keeps the registry that a package is published to from being one (user reports); `null` where it may be. */
export function addressFault(
  registry: RegistryChoice,
  { environment, client: { problems } }: Pick<RunFacts, 'environment' | 'client'>,
): AddressFault | null {
  const { url } = registry;
  if (url === null) return null;
  const lacksValue = problems.some(
    (problem) => problem.kind === 'unset-variable' && sameSource(problem.setting.source, registry.source),
  );
  if (lacksValue && (!isWebUrl(url) || /\$\{|[^:]\/\//.test(url)))
    return { what: 'lacks the value of a variable', corrected: null };
  const inManifest = registry.key === 'publishConfig';
  if (inManifest && /\$\{|^\$/.test(url))
    return {
      what: 'holds a reference to a variable, which nothing replaces in a package.json',
      corrected: withoutReferences(url, environment),
    };
  const twice = /^https?:\/\/(?=https?:?\/)/i.exec(url)?.[0];
  if (twice !== undefined)
    return { what: `has ${twice} in front twice`, corrected: plain(url.slice(twice.length)) };
  if (!isWebUrl(url))
    return {
      what: /^https?:\/\//i.test(url) ? 'is no address' : 'is no address: it has to begin with https://',
      corrected: /^[\w-]+(?:\.[\w-]+)+(?::\d+)?\//.test(url) ? plain(`https://${url}`) : null,
    };
  const fault = routeFault(url);
  if (fault) return { what: `is no registry: ${fault.why}`, corrected: plain(fault.corrected) };
  return isPage(url, environment)
    ? { what: 'is a page of GitLab and no registry', corrected: ownRegistry(environment) }
    : null;
}

/** Whether it lies on the job's GitLab beside the API, below which all of its registries lie (GitLab model, section 1). */
function isPage(url: string, { apiUrl }: Environment): boolean {
  if (apiUrl === null || !sameOrigin(url, apiUrl)) return false;
  const root = new URL(apiUrl).pathname.replace(/\/api\/v4\/?$/, '/');
  const { pathname } = new URL(url);
  if (!pathname.startsWith(root)) return false;
  const place = pathname.slice(root.length);
  return /^[\w.-]+\/[\w./-]+?(?:\.git|\/-\/packages)\/?$/.test(place) && !place.startsWith('api/');
}

/** The address with what the variables of GitLab stand for in this job; `null` where another is in it. */
function withoutReferences(url: string, { apiUrl, consumer }: Environment): string | null {
  const values: Readonly<Record<string, string | number | null | undefined>> = {
    CI_API_V4_URL: apiUrl,
    CI_PROJECT_ID: consumer?.id,
  };
  const text = url.replace(/\$(?:\{(\w+)\}|(\w+))/g, (all, braced, bare) =>
    String(values[braced ?? bare] ?? all),
  );
  return text.includes('$') ? null : plain(text);
}

/** An address that may be printed and is one. */
function plain(text: string): string | null {
  const parsed = parsedUrl(text);
  const isOpen = parsed && parsed.username === '' && parsed.search === '' && !hasToken(text);
  return isOpen && isWebUrl(text) && routeFault(text) === null ? text : null;
}
