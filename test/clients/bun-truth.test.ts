import { bunModule } from '../../src/clients/bun/bun-module.ts';
import rows from './bun-rows.json' with { type: 'json' };
import { describeMeasured } from './measured.ts';

describeMeasured({ module: bunModule, rows, least: 168, known: {} });
