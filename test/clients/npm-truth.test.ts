import { npmModule } from '../../src/clients/npm/npm-module.ts';
import { describeMeasured } from './measured.ts';
import rows from './npm-rows.json' with { type: 'json' };

describeMeasured({
  module: npmModule,
  rows,
  least: 1460,
  known: {
    'p10-cli-flag 7.24.2': 'command-line options are not looked at',
    'p10-cli-flag 9.9.4': 'command-line options are not looked at',
    'p10-cli-flag 11.21.2': 'command-line options are not looked at',
  },
});
