import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { systemCode } from './files.ts';

/**
 * Adds variables to the file that GitHub reads after the step (`GITHUB_ENV`), in its form for values of any content. The reason when
 * the file can't be written, else `null`.
 */
export function exportToGitHub(file: string, variables: Readonly<Record<string, string>>): string | null {
  const text = Object.entries(variables).map(([name, value]) => {
    const end = `end_${randomUUID()}`;
    return `${name}<<${end}\n${value}\n${end}\n`;
  });
  try {
    appendFileSync(file, text.join(''));
    return null;
  } catch (error) {
    return systemCode(error);
  }
}
