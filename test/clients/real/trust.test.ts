import * as fs from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manifest } from '../../../src/demo/scenario.ts';
import { type Trust, trust } from '../../support/https-lab-trust.ts';
import { runtimeClientIds } from '../../support/runtime-clients.ts';
import { temporaryFolder } from '../../support/temporary-tree.ts';
import { layJob, type Servers, startServers } from './gitlab-job.ts';
import { goodConfiguration, habits } from './good-configuration.ts';
import { type RealClient, realClient } from './real-client.ts';

const onLinux = process.platform === 'linux';

describe.skipIf(!onLinux).each(runtimeClientIds)('%s and a private authority', (id) => {
  const place = temporaryFolder();
  let client: RealClient;
  let servers: Servers;
  beforeAll(async () => {
    client = await realClient(id, place);
    servers = await startServers('', 'https');
  });
  afterAll(async () => {
    await servers.close();
    fs.rmSync(place, { recursive: true, force: true });
  });

  const { refusal, setting, sslCertFile, unchecked }: Trust = trust[id];

  it.concurrent.each<{ name: string; line?: () => string; variable?: string; installs: boolean }>([
    { name: 'nothing said', installs: false },
    { name: 'its setting', line: () => setting.line(servers.lab?.authority ?? ''), installs: true },
    { name: 'SSL_CERT_FILE', variable: 'SSL_CERT_FILE', installs: sslCertFile },
    { name: unchecked.line, line: () => unchecked.line, installs: unchecked.works },
  ])('with $name', async ({ line, variable, installs }) => {
    const good = goodConfiguration(id, servers.at);
    const file = `${good.checkout[setting.file]}${line ? `${line()}\n` : ''}`;
    const job = layJob(client, servers, {
      checkout: {
        'package.json': manifest({ '@acme/ui': '^1.0.0' }),
        ...good.checkout,
        [setting.file]: file,
      },
      env: {
        ...good.env,
        NODE_EXTRA_CA_CERTS: null,
        ...(variable && { [variable]: servers.lab?.authority ?? '' }),
      },
    });
    try {
      const ran = await job.client(...habits[id].install);
      const said = `${ran.stdout}\n${ran.stderr}`;
      expect(ran.code, said).toBe(installs ? 0 : 1);
      if (!installs) expect(said).toMatch(refusal);
    } finally {
      job.remove();
    }
  });
});
