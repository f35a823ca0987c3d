import { yarnModule } from '../../src/clients/yarn/yarn-module.ts';
import { describeMeasured } from './measured.ts';
import rows from './yarn-rows.json' with { type: 'json' };

describeMeasured({ module: yarnModule, rows, least: 171, known: {} });
