/** Variables by which a run tells later jobs how it ended (the file `preflight.env`). They are no inputs. */
export const handedOn = [
  'NPMRC_PREFLIGHT_VERDICT',
  'NPMRC_PREFLIGHT_FINDINGS',
  'NPMRC_PREFLIGHT_CODES',
] as const;
