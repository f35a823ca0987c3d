import type { Clues } from '../domain/cause.ts';
import type { Remedy } from '../domain/remedy.ts';

/** What reading a package of GitHub needs, and what pushing one needs instead (GitHub notes, section A1). */
const rights: readonly (readonly [RegExp, string])[] = [
  [/\bpackages: read\b/g, 'packages: write'],
  [/\bread:packages\b/g, 'write:packages'],
  [/\brole Read\b/g, 'role Write'],
];

/** A remedy of a case as it is carried out for one that publishes: the rights are those to push, where the words for reading are GitHub's. */
export function pushingNeeds(remedy: Remedy, { case: { publishing }, github }: Clues): Remedy {
  if (!publishing) return remedy;
  const changes = [...(github ? rights : []), [/\bstep that installs\b/g, 'step that publishes'] as const];
  const said = (text: string) => changes.reduce((words, [from, to]) => words.replace(from, to), text);
  const { edit } = remedy;
  return {
    ...remedy,
    summary: said(remedy.summary),
    steps: remedy.steps.map(said),
    ...(edit?.after ? { edit: { ...edit, after: said(edit.after) } } : {}),
  };
}
