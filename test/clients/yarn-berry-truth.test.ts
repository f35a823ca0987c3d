import { yarnBerryModule } from '../../src/clients/yarn-berry/yarn-berry-module.ts';
import { describeMeasured } from './measured.ts';
import rows from './yarn-berry-rows.json' with { type: 'json' };

describeMeasured({ module: yarnBerryModule, rows, least: 191, known: {} });
