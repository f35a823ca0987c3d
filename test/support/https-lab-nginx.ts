import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { installProgram } from './install-program.ts';

/** A running nginx. `address` is the loopback address at whose port 443 it listens. */
export interface Nginx {
  address: string;
  close(): Promise<void>;
}

/**
 * Starts nginx at port 443 of a loopback address of its own, by the certificate `server.pem` and `server.key` in `folder`, before a
 * server (`http://host:port`): as GitLab's own nginx, which passes paths on as they were written. It ends with this process.
 */
export async function startNginx(site: { folder: string; host: string; upstream: string }): Promise<Nginx> {
  const program = await installProgram('nginx');
  for (let attempt = 1; ; attempt += 1) {
    const address = `127.${randomInt(1, 255)}.${randomInt(0, 256)}.${randomInt(1, 255)}`;
    const config = join(site.folder, 'nginx.conf');
    fs.writeFileSync(config, configuration(site, address));
    try {
      return { address, close: await start(program, ['-p', site.folder, '-e', 'stderr', '-c', config]) };
    } catch (error) {
      if (attempt === 3 || !/Address already in use/.test(String(error))) throw error;
    }
  }
}

/** Resolves with how to end it as soon as it listens: nginx names its version after it has opened its ports. */
function start(program: string, args: readonly string[]): Promise<() => Promise<void>> {
  return new Promise((resolve, reject) => {
    const child = spawn('/usr/bin/setpriv', ['--pdeathsig', 'KILL', program, ...args], {
      env: {},
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const closed = new Promise<void>((ended) => child.once('close', () => ended()));
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-4000);
      if (!/\[notice\].*: nginx\/\d/.test(said)) return;
      resolve(() => {
        child.kill('SIGKILL');
        return closed;
      });
    });
    child.once('error', reject);
    child.once('close', () => {
      const advice = /bind\(\).*Permission denied/.test(said)
        ? 'this user may not listen on port 443: run the tests as root, or set net.ipv4.ip_unprivileged_port_start to 443\n'
        : '';
      reject(new Error(`nginx ended\n${advice}${said}`));
    });
  });
}

/** One process and no files outside the folder. */
function configuration(site: { folder: string; host: string; upstream: string }, address: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `  ${name}_temp_path ${join(site.folder, name)};`)
    .join('\n');
  return `daemon off;
master_process off;
pid ${join(site.folder, 'nginx.pid')};
error_log stderr notice;
events { worker_connections 256; }
http {
${temporary}
  access_log off;
  server_tokens off;
  client_max_body_size 0;
  server {
    listen ${address}:443 ssl http2;
    server_name ${site.host};
    ssl_certificate ${join(site.folder, 'server.pem')};
    ssl_certificate_key ${join(site.folder, 'server.key')};
    location / {
      proxy_pass ${site.upstream};
      proxy_http_version 1.1;
      proxy_set_header Host $host;
      proxy_set_header X-Forwarded-Proto https;
    }
  }
}
`;
}
