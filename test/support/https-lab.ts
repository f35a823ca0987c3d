import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { makeCertificate } from '../io/support/certificates.ts';
import { startNginx } from './https-lab-nginx.ts';
import { temporaryFolder } from './temporary-tree.ts';

/** The name of the laboratory's server, at the default port. */
export const labHost = 'gitlab.test';

/** A server at `https://gitlab.test` that only programs started inside the laboratory can find. */
export interface HttpsLab {
  /** Path of the PEM file of the private authority that signed the server's certificate. */
  authority: string;
  /** The command that runs a program inside; its variables stay as they are. */
  inside(program: { command: string; args: readonly string[]; cwd: string }): {
    command: string;
    args: readonly string[];
  };
  close(): Promise<void>;
}

/**
 * Puts nginx with a certificate of a private authority at `https://gitlab.test` before a server (`http://host:port`). Laboratories
 * run side by side: each has a loopback address of its own. Nothing of the machine changes, and all ends with this process.
 * Linux only; needs root, or unprivileged user namespaces and the right to listen on port 443. Rejects with what is missing.
 */
export async function openHttpsLab(upstream: string): Promise<HttpsLab> {
  if (process.platform !== 'linux') throw new Error('the HTTPS laboratory needs the namespaces of Linux');
  const folder = temporaryFolder();
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    await Promise.all(closers.map((end) => end()));
    fs.rmSync(folder, { recursive: true, force: true });
  };
  const file = (name: string, text: string) => {
    fs.writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  try {
    const { key, certificate, authority } = await makeCertificate([labHost]);
    file('server.key', key);
    file('server.pem', certificate);
    const nginx = await startNginx({ folder, host: labHost, upstream });
    closers.push(nginx.close);
    const names = await holdNames(
      file('hosts', `127.0.0.1 localhost\n::1 localhost\n${nginx.address} ${labHost}\n`),
    );
    closers.push(names.close);
    return {
      authority: file('authority.pem', authority),
      inside: ({ command, args, cwd }) => ({
        command: '/usr/bin/nsenter',
        args: [...names.door, '/usr/bin/env', '-C', cwd, command, ...args],
      }),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Keeps a mount namespace in which a file stands at /etc/hosts. `door` are the arguments by which nsenter goes there. */
async function holdNames(hosts: string): Promise<{ door: readonly string[]; close(): Promise<void> }> {
  const isRoot = process.getuid?.() === 0;
  const own = isRoot ? ['--mount'] : ['--user', '--map-root-user', '--mount'];
  const script = '/bin/mount --bind "$0" /etc/hosts && echo ready && exec /bin/cat';
  const child = spawn('/usr/bin/unshare', [...own, '/bin/sh', '-c', script, hosts], { env: {} });
  const closed = new Promise<void>((ended) => child.once('close', () => ended()));
  let refusal = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    refusal += text;
  });
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.stdout.once('data', () => resolve());
    child.once('close', () =>
      reject(
        new Error(
          `this user can't have namespaces: run the tests as root (in a container with CAP_SYS_ADMIN)\n${refusal}`,
        ),
      ),
    );
  });
  return {
    door: [...(isRoot ? [] : ['--preserve-credentials', '--user']), '--mount', '--target', String(child.pid)],
    close() {
      child.stdin.end();
      return closed;
    },
  };
}
