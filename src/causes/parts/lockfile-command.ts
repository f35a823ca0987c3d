import { dirname } from 'node:path/posix';
import type { Clues } from '../../domain/cause.ts';
import type { ClientName } from '../../domain/client.ts';
import type { Dependency } from '../../domain/dependency.ts';

/** The words of a command: each has no more in it than a shell leaves alone. `folder` is that of the manifest, `.` for the root. */
interface Entry {
  name: string;
  wanted: string;
  folder: string;
  lockfile: string;
}

type Command = (entry: Entry) => string;

/**
 * How each client writes the entry of a package that the manifest asks for anew, at a version or dist-tag; it stays the kind of dependency that it is.
 * npm and Yarn 1 do it in the root only; `pnpm add` ends on a lockfile that it can't verify (run for real: npm 10 to 12, pnpm 9 to 12, Yarn 1 to 4, Bun).
 */
const ofManifest = {
  npm: (entry) =>
    entry.folder === '.'
      ? `npm install ${entry.name}@${entry.wanted} --package-lock-only`
      : ofLockfile.npm(entry),
  pnpm: ({ name, wanted, folder }) =>
    `pnpm ${folder === '.' ? '' : `-C ${folder} `}update ${name}@${wanted} --lockfile-only`,
  yarn: (entry) =>
    entry.folder === '.' ? `yarn upgrade ${entry.name}@${entry.wanted}` : ofLockfile.yarn(entry),
  'yarn-berry': ({ name, wanted }) => `yarn up ${name}@${wanted} --mode=update-lockfile`,
  bun: ({ name, wanted, folder }) =>
    `bun add ${folder === '.' ? '' : `--cwd ${folder} `}${name}@${wanted} --lockfile-only`,
} satisfies Record<ClientName, Command>;

/**
 * How each client writes the entry anew of a package that only others ask for: by their ranges, and no manifest asks for it afterwards. npm and Yarn 1
 * keep what is locked, whatever they are told, so the entry is taken out first (run for real: as above).
 */
const ofLockfile = {
  npm: ({ name, lockfile }) =>
    `node -e "const f=require('fs'),p='${lockfile}';f.writeFileSync(p,JSON.stringify(JSON.parse(f.readFileSync(p)` +
    `,(k,v)=>('/'+k+'/').includes('/${name}/')&&typeof(v)=='object'?undefined:v),null,2))"` +
    ' && npm install --package-lock-only',
  pnpm: ({ name }) => `pnpm update ${name} --depth Infinity --lockfile-only`,
  yarn: ({ name, lockfile }) =>
    `node -e "const f=require('fs'),p='${lockfile}';f.writeFileSync(p,f.readFileSync(p,'utf8')` +
    `.replace(/^.?${name.replace(/[^\w-]/g, '.')}@.*:\\r?\\n(?:\\x20.*\\r?\\n?)+/gm,''))" && yarn install`,
  'yarn-berry': ({ name }) => `yarn up -R ${name} --mode=update-lockfile`,
  bun: ({ name }) => `bun update ${name} --lockfile-only`,
} satisfies Record<ClientName, Command>;

const usualLockfiles: Readonly<Partial<Record<ClientName, string>>> = {
  npm: 'package-lock.json',
  yarn: 'yarn.lock',
};

/** The command that writes the package of a case anew into the lockfile, and into no manifest that does not ask for it; `wanted` is a version or dist-tag. */
export function lockfileCommand({ case: { target }, run }: Clues, wanted: string): string {
  const { dependency } = target;
  const { name: client } = run.client.client;
  const commands = isAskedFor(dependency) ? ofManifest : ofLockfile;
  return commands[client]({
    name: plain(dependency.name, 'PACKAGE'),
    wanted: plain(wanted, 'VERSION'),
    folder: plain(folderOf(dependency), 'FOLDER'),
    lockfile: plain(run.project.lockfile?.path ?? usualLockfiles[client] ?? '', 'LOCKFILE'),
  });
}

/** Whether a manifest of the checkout names it. */
export function isAskedFor({ kind }: Dependency): boolean {
  return kind !== 'transitive' && kind !== 'override';
}

/** The folder of the manifest in which a direct dependency stands. */
function folderOf({ source }: Dependency): string {
  return source.kind === 'file' ? dirname(source.path) : '.';
}

/** A word as it is, where no shell makes anything of it; names and paths come from files that anybody may have written. */
function plain(text: string, otherwise: string): string {
  return /^[\w./@~+-]+$/.test(text) ? text : otherwise;
}

/** Whether nothing in a text means anything to a shell or to the quotes of the command. */
export function isPlain(text: string): boolean {
  return /^[\w.:/@%~+-]*$/.test(text);
}

/** The command that replaces in a lockfile the part in which two addresses differ. */
export function movedCommand(lockfile: string, locked: string, named: string): string {
  const { from, to } = movedPart(locked, named);
  return replaceCommand(lockfile, from, to);
}

/** The beginnings of two addresses up to where they are alike: what is to be replaced, for every package of the same place. */
export function movedPart(locked: string, named: string): { from: string; to: string } {
  let same = 0;
  while (same < locked.length && locked.at(-1 - same) === named.at(-1 - same)) same += 1;
  const slash = locked.indexOf('/', locked.length - same);
  const tail = slash === -1 ? 0 : locked.length - slash;
  return {
    from: locked.slice(0, locked.length - tail + 1),
    to: named.slice(0, named.length - tail + 1),
  };
}

/** The command that replaces a text by another in a lockfile. */
export function replaceCommand(lockfile: string, from: string, to: string): string {
  return `node -e "const f=require('fs'),p='${lockfile}';f.writeFileSync(p,f.readFileSync(p,'utf8').replaceAll('${from}','${to}'))"`;
}
