import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { installProgram } from './install-program.ts';
import { temporaryFolder } from './temporary-tree.ts';

/** How a page is looked at. `media` are media features by name (`prefers-color-scheme`). */
export interface View {
  width: number;
  height: number;
  media?: Readonly<Record<string, string>>;
  /** Device pixels for each pixel of the page. */
  scale?: number;
  /** With `false` scripts of the page do not run. */
  scripts?: boolean;
}

/** An open page. `requests` are the addresses that it asked for, its own first; `complaints` what the console said of errors. */
export interface Page {
  requests: readonly string[];
  complaints: readonly string[];
  /** The value of an expression in the page, a promise awaited. */
  evaluate<T>(expression: string): Promise<T>;
  screenshot(options?: { full?: boolean }): Promise<Buffer>;
  close(): Promise<void>;
}

export interface Browser {
  open(url: string, view: View): Promise<Page>;
  close(): Promise<void>;
}

type Reply = { id?: number; method?: string; params?: Record<string, unknown>; sessionId?: string } & Record<
  string,
  unknown
>;

/**
 * Chromium without a window, spoken to over a pipe (Chrome DevTools Protocol). It has a profile of its own, reaches
 * 127.0.0.1 only, and ends with this process.
 */
export async function startBrowser(): Promise<Browser> {
  const program = await installProgram('chromium');
  const profile = temporaryFolder();
  const child = spawn(
    '/usr/bin/setpriv',
    [
      '--pdeathsig',
      'KILL',
      program,
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
      '--force-color-profile=srgb',
      '--hide-scrollbars',
      `--user-data-dir=${profile}`,
      '--remote-debugging-pipe',
      'about:blank',
    ],
    { env: { HOME: profile, XDG_CACHE_HOME: profile }, stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'] },
  );
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4000);
  });
  const closed = new Promise<void>((ended) => child.once('close', () => ended()));
  const [, , , out, back] = child.stdio as unknown as [null, null, Readable, Writable, Readable];
  const waiting = new Map<number, { resolve(reply: Reply): void; reject(error: Error): void }>();
  const listeners = new Set<(reply: Reply) => void>();
  let last = 0;
  let buffered = '';
  out.on('error', () => undefined);
  back.setEncoding('utf8').on('data', (text: string) => {
    const parts = (buffered + text).split('\0');
    buffered = parts.pop() ?? '';
    for (const part of parts) heard(JSON.parse(part) as Reply);
  });
  child.once('error', (error) => failAll(error));
  child.once('close', () => failAll(new Error(`the browser ended\n${said}`)));

  function failAll(error: Error) {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  }

  function heard(reply: Reply) {
    if (reply.id === undefined) {
      for (const listener of listeners) listener(reply);
      return;
    }
    const asked = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (reply.error) asked?.reject(new Error(JSON.stringify(reply.error)));
    else asked?.resolve(reply.result as Reply);
  }

  function send(method: string, params: object = {}, sessionId?: string): Promise<Reply> {
    last += 1;
    const id = last;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      out.write(`${JSON.stringify({ id, method, params, ...(sessionId ? { sessionId } : {}) })}\0`);
    });
  }

  async function open(url: string, view: View): Promise<Page> {
    const { targetId } = await send('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
    const session = sessionId as unknown as string;
    const tell = (method: string, params: object = {}) => send(method, params, session);
    const requests: string[] = [];
    const complaints: string[] = [];
    const listener = ({ method, params = {}, sessionId: of }: Reply) => {
      if (of !== session) return;
      if (method === 'Network.requestWillBeSent') requests.push((params.request as { url: string }).url);
      if (method === 'Log.entryAdded') complaints.push((params.entry as { text: string }).text);
      if (method === 'Runtime.exceptionThrown') complaints.push(JSON.stringify(params.exceptionDetails));
    };
    listeners.add(listener);
    for (const domain of ['Page', 'Network', 'Log', 'Runtime']) await tell(`${domain}.enable`);
    await tell('Emulation.setDeviceMetricsOverride', {
      width: view.width,
      height: view.height,
      deviceScaleFactor: view.scale ?? 1,
      mobile: view.width < 600,
    });
    await tell('Emulation.setEmulatedMedia', {
      features: Object.entries(view.media ?? {}).map(([name, value]) => ({ name, value })),
    });
    if (view.scripts === false) await tell('Emulation.setScriptExecutionDisabled', { value: true });
    await tell('Page.navigate', { url });
    while ((await evaluate<string>('document.readyState')) !== 'complete');
    return {
      requests,
      complaints,
      evaluate,
      async screenshot({ full = false } = {}) {
        const { data } = await tell('Page.captureScreenshot', { format: 'png', captureBeyondViewport: full });
        return Buffer.from(data as unknown as string, 'base64');
      },
      async close() {
        listeners.delete(listener);
        await send('Target.closeTarget', { targetId });
      },
    };

    async function evaluate<T>(expression: string): Promise<T> {
      const { result, exceptionDetails } = await tell('Runtime.evaluate', {
        expression,
        awaitPromise: true,
        returnByValue: true,
        userGesture: true,
      });
      if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails).slice(0, 2000));
      return (result as { value: T }).value;
    }
  }

  await send('Browser.grantPermissions', { permissions: ['clipboardReadWrite', 'clipboardSanitizedWrite'] });
  return {
    open,
    async close() {
      child.kill('SIGKILL');
      await closed;
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
