import type { World } from '../io/world.ts';
import { logText } from '../render/printable-report.ts';

const words = {
  restored: 'restored',
  removed: 'removed, as it was not there before',
  untouched: 'holds its original already',
  left: 'left alone: it was changed after it was written',
  failed: 'could not be restored',
  ignored: 'is no journal entry of this program and was ignored',
} as const;

/** Takes back what `run` wrote. Says what became of each file; a file that could not be restored gives exit code 2. */
export function restoreCommand(world: World): { exitCode: number; output: string; complaint: string } {
  const files = world.restore();
  const lines = files.map(
    ({ path, result, why }) => `${logText(path)}: ${words[result]}${why ? ` (${logText(why)})` : ''}\n`,
  );
  return {
    exitCode: files.some(({ result }) => result === 'failed') ? 2 : 0,
    output: files.length === 0 ? 'nothing to restore\n' : lines.join(''),
    complaint: '',
  };
}
