/** The part of a stream that a progress line needs. */
export interface ProgressStream {
  columns?: number;
  write(text: string): unknown;
}

/** A line that says how far a long run is, and is gone when it ends. */
export interface ProgressLine {
  onProgress(done: number, of: number): void;
  /** Takes the line away; nothing is drawn after it. */
  end(): void;
}

/** A run that is done by then shows no line. */
const patience = 400;
const beat = 150;

/**
 * Whether a progress line is wanted: on a terminal that can go back to the start of a line, not in a CI's log, and not beside output for
 * programs.
 */
export function wantsProgress(options: {
  terminal: boolean;
  env: Readonly<Record<string, string | undefined>>;
  json: boolean;
}): boolean {
  const { terminal, env, json } = options;
  const inCi = [env.CI, env.GITLAB_CI, env.GITHUB_ACTIONS].some(
    (value) => value !== undefined && value !== '' && value !== 'false',
  );
  return terminal && env.TERM !== 'dumb' && !inCi && !json;
}

/** Starts a progress line on a stream, or with `null` one that does nothing. It uses neither colour nor escape sequences. */
export function progressLine(stream: ProgressStream | null): ProgressLine {
  if (stream === null) return { onProgress: () => undefined, end: () => undefined };
  const started = Date.now();
  let text = 'reading the project';
  let drawn = 0;
  const timer = setInterval(() => {
    const seconds = Math.floor((Date.now() - started) / 1000);
    if (Date.now() - started >= patience) draw(`${text}${seconds === 0 ? '' : ` (${seconds} s)`}`);
  }, beat);
  timer.unref();
  return {
    onProgress(done, of) {
      text = `asking the registry: ${done} of ${of} packages`;
    },
    end() {
      clearInterval(timer);
      draw('');
      if (drawn > 0) stream.write('\r');
      drawn = 0;
    },
  };

  function draw(next: string) {
    const shown = next.slice(0, Math.max(0, (stream?.columns || 80) - 1));
    if (shown === '' && drawn === 0) return;
    stream?.write(`\r${shown.padEnd(drawn)}`);
    drawn = shown === '' ? drawn : shown.length;
  }
}
