import type { ClientModel } from './client.ts';
import type { Setting } from './setting.ts';

/** The line that maps a scope in other upper and lower case, where no line maps it as it is written: clients compare letter by letter. */
export function scopeInOtherCase({ settings }: ClientModel, scope: string): Setting | null {
  const keys = [`${scope}:registry`, `install.scopes.${scope}`, `install.scopes.${scope.slice(1)}`];
  const alike = settings.filter((one) => keys.some((key) => one.key.toLowerCase() === key.toLowerCase()));
  return alike.some((one) => keys.includes(one.key)) ? null : (alike[0] ?? null);
}
