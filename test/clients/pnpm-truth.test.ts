import { pnpmModule } from '../../src/clients/pnpm/pnpm-module.ts';
import { describeMeasured } from './measured.ts';
import rows from './pnpm-rows.json' with { type: 'json' };

const flags = 'command-line options are not looked at';

describeMeasured({
  module: pnpmModule,
  rows,
  least: 1550,
  known: {
    'p10-cli-flag 8.15.9': flags,
    'p10-cli-flag 9.15.9': flags,
    'p10-cli-flag 10.34.9': flags,
    'p10-cli-flag 11.28.11': flags,
    'p10-cli-flag 12.21.0': flags,
  },
});
