import { githubRegistriesOf } from '../../domain/github-registry-of.ts';
import type { GitHubState } from '../../providers/github/access-rules.ts';
import type { GitHubModel, GitHubPackageModel, GitHubTokenModel } from './model.ts';

/** Whom a request speaks for: the token of its header, `dead` for one that the model does not know, `none` without a header. */
export type GitHubCaller = { kind: 'none' } | { kind: 'dead' } | { kind: 'token'; token: GitHubTokenModel };

/** The caller of an `Authorization` header (`Bearer`, or `Basic` with the token as its password). */
export function githubCaller(model: GitHubModel, header: string | undefined): GitHubCaller {
  if (header === undefined || header === '') return { kind: 'none' };
  const bearer = /^bearer +(\S+)\s*$/i.exec(header)?.[1];
  const basic = /^basic +(\S+)\s*$/i.exec(header)?.[1];
  const pair = basic === undefined ? '' : Buffer.from(basic, 'base64').toString('utf8');
  const value = bearer ?? pair.slice(pair.indexOf(':') + 1);
  const token = model.tokens.find((one) => one.value === value);
  return token === undefined || isOver(token) ? { kind: 'dead' } : { kind: 'token', token };
}

function isOver(token: GitHubTokenModel): boolean {
  return token.kind === 'workflow' ? token.finished : token.kind === 'classic' && token.revoked;
}

/** What the decision about a version of a package rests on. `version` is `null` where none is named. */
export function githubStateOf(
  model: GitHubModel,
  caller: GitHubCaller,
  name: string,
  version: string | null,
): GitHubState {
  const login = name.startsWith('@') ? name.slice(1, name.indexOf('/')) : '';
  const owner = model.owners.find((one) => one.login === login);
  const versions = model.packages.filter((one) => one.name === name);
  const [first] = versions;
  const token = caller.kind === 'token' ? caller.token : null;
  return {
    platform: githubRegistriesOf(model.settings.serverUrl)[0]?.platform ?? 'cloud',
    token: token?.kind ?? (caller.kind === 'none' ? 'none' : 'dead'),
    packagesPermission: token?.kind === 'workflow' && token.packages !== 'none',
    readScope:
      token?.kind === 'classic' && token.scopes.some((scope) => /^(?:read|write):packages$/.test(scope)),
    authorised: token?.kind === 'classic' && (!owner?.singleSignOn || token.authorised.includes(login)),
    owner: owner?.kind ?? (login === '' ? 'user' : 'absent'),
    ownOwner: token?.kind === 'workflow' && token.repository.split('/')[0] === login,
    holds:
      first === undefined
        ? 'nothing'
        : version === null || versions.some((one) => one.version === version)
          ? 'version'
          : 'other-versions',
    public: first?.visibility === 'public',
    access: first !== undefined && mayRead(model, token, first),
    fromFork: token?.kind === 'workflow' && token.fromFork,
    forkKeepsAccess: model.settings.forkKeepsAccess,
    hides: model.settings.hides,
    appAnswer: model.settings.appAnswer,
    scopeAnswer: model.settings.scopeAnswer,
  };
}

/** On GitHub Enterprise Server there is no Actions access: a workflow reads what is linked to its repository. */
function mayRead(model: GitHubModel, token: GitHubTokenModel | null, one: GitHubPackageModel): boolean {
  if (token?.kind === 'classic') return one.readers.includes(token.user);
  if (token?.kind !== 'workflow') return false;
  const cloud = githubRegistriesOf(model.settings.serverUrl)[0]?.platform === 'cloud';
  return one.repository === token.repository || (cloud && one.actionsAccess.includes(token.repository));
}
