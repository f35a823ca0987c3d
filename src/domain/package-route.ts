/** What follows GitLab's npm prefix in a URL: the routes that package managers ask (the name, `-/` and more). `null` where it is another route. */
export function packageRoute(url: string): string | null {
  return /\/packages\/npm\/(.*)/.exec(url)?.[1] ?? null;
}
