import type { GitLabModel, TokenModel } from './model.ts';

/** How a request carried its credential, for the log. */
export type Carrier =
  | 'none'
  | 'bearer'
  | 'basic'
  | 'job-token'
  | 'private-token'
  | 'deploy-token'
  | 'parameter';

/** Whom a request speaks for. `dead`: a credential was given and must be refused. */
export type Caller = { kind: 'nobody' } | { kind: 'dead' } | { kind: 'token'; token: TokenModel };

/**
 * What a route takes: job tokens in headers and parameters, deploy tokens, and job and personal tokens by basic authentication
 * (user `gitlab-ci-token` for a job token).
 */
export interface Accepts {
  job: boolean;
  deploy: boolean;
  basic: boolean;
}

/** A request's headers (lower case) and parameters, as far as credentials go. */
export interface Credentials {
  headers: Readonly<Record<string, string | string[] | undefined>>;
  query: URLSearchParams;
}

/** The header or parameter that holds the credential, in GitLab's order. */
export function carrierOf({ headers, query }: Credentials): Carrier {
  if (headers['job-token'] !== undefined) return 'job-token';
  if (headers['private-token'] !== undefined) return 'private-token';
  if (headers['deploy-token'] !== undefined) return 'deploy-token';
  const authorization = textOf(headers.authorization);
  if (/^basic\b/i.test(authorization)) return 'basic';
  if (authorization !== '') return 'bearer';
  return query.has('job_token') || query.has('token') || query.has('private_token') ? 'parameter' : 'none';
}

/**
 * Whom the request speaks for on a route (GitLab's token finder; spec rows, section 5.4). A Bearer or `Private-Token` that is no good is
 * refused, a job token in a header or parameter is ignored where the route does not take job tokens, an unknown deploy token is ignored.
 */
export function callerOf(model: GitLabModel, credentials: Credentials, accepts: Accepts): Caller {
  const { headers, query } = credentials;
  const find = (value: string) => model.tokens.find((token) => token.value === value);
  switch (carrierOf(credentials)) {
    case 'none':
      return nobody;
    case 'job-token':
      return accepts.job ? jobCaller(find(textOf(headers['job-token']))) : nobody;
    case 'parameter': {
      const value = query.get('private_token');
      if (value !== null) return userCaller(find(value));
      return accepts.job ? jobCaller(find(query.get('job_token') ?? query.get('token') ?? '')) : nobody;
    }
    case 'private-token':
      return userCaller(find(textOf(headers['private-token'])));
    case 'deploy-token':
      return accepts.deploy ? deployCaller(find(textOf(headers['deploy-token']))) : nobody;
    case 'basic':
      return basicCaller(model, textOf(headers.authorization), accepts);
    case 'bearer':
      return bearerCaller(
        find(/^bearer +(\S+)\s*$/i.exec(textOf(headers.authorization))?.[1] ?? ''),
        accepts,
      );
  }
}

function bearerCaller(token: TokenModel | undefined, accepts: Accepts): Caller {
  if (token?.kind === 'job') return accepts.job ? jobCaller(token) : dead;
  if (token?.kind === 'deploy') return accepts.deploy ? deployCaller(token) : dead;
  return userCaller(token);
}

function basicCaller(model: GitLabModel, authorization: string, accepts: Accepts): Caller {
  const decoded = Buffer.from(authorization.replace(/^basic */i, ''), 'base64').toString('utf8');
  const [login = '', password = ''] = [decoded.split(':', 1)[0], decoded.slice(decoded.indexOf(':') + 1)];
  const token = model.tokens.find((one) => one.value === password);
  if (!accepts.basic) return accepts.deploy ? deployCaller(token) : nobody;
  if (login === 'gitlab-ci-token') return jobCaller(token);
  return token?.kind === 'deploy' ? deployCaller(token) : userCaller(token);
}

function jobCaller(token: TokenModel | undefined): Caller {
  return token?.kind === 'job' && token.status === 'running' ? { kind: 'token', token } : dead;
}

function userCaller(token: TokenModel | undefined): Caller {
  return token?.kind === 'personal' ? { kind: 'token', token } : dead;
}

function deployCaller(token: TokenModel | undefined): Caller {
  return token?.kind === 'deploy' ? { kind: 'token', token } : nobody;
}

function textOf(header: string | string[] | undefined): string {
  return Array.isArray(header) ? (header[0] ?? '') : (header ?? '');
}

const nobody: Caller = { kind: 'nobody' };
const dead: Caller = { kind: 'dead' };
