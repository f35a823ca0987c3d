import type { Secret } from './secret.ts';
import type { Source } from './source.ts';

/** Which layer of a client's configuration a setting stands in, weakest first. */
export type SettingLayer = 'default' | 'builtin' | 'global' | 'user' | 'project' | 'env' | 'cli';

/**
 * One line (or variable) of configuration as the client understands it.
 * `value` is what the client uses after expansion: a `Secret` under every credential key, even when it is only a reference.
 * `written` is the text before expansion, fit for printing: a literal secret is replaced by `…` there.
 */
export interface Setting {
  key: string;
  value: string | Secret;
  written: string;
  layer: SettingLayer;
  source: Source;
  /** Names of the environment variables that the text refers to. */
  variables: readonly { name: string; state: 'set' | 'empty' | 'unset' }[];
  /** False when a nearer layer or a later line sets the same key. */
  inEffect: boolean;
}
