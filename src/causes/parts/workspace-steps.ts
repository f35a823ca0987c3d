import type { Clues } from '../../domain/cause.ts';

/** What is said of a name that a package of the workspace has: the registry was asked for it as the client links nothing to what the range says. */
export function workspaceSteps({ run, case: { target } }: Clues): readonly string[] {
  const { name, requested } = target.dependency;
  const own = run.project.workspaces.find((one) => one.name === name);
  if (!own) return [];
  const { client } = run.client;
  const isPnpm = client.name === 'pnpm';
  const how = isPnpm
    ? `"${name}": "workspace:*", or linkWorkspacePackages, with which pnpm links a version that fits`
    : 'give it a version that the range takes, or the range one that takes its version';
  return [
    `${own.path} of this workspace is ${name}: ${client.name} ${client.version} asks the registry all the same, for "${requested}". To take it from there: ${how}`,
  ];
}
