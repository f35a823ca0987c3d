/** Under such names the action of GitHub makes its input `token` known to the run and to later steps; nobody else uses them. */
export function isActionToken(variable: string): boolean {
  return /^NPMRC_PREFLIGHT_TOKEN(?:_\d+)?$/.test(variable);
}
