import type { ClientModel } from '../domain/client.ts';
import { type Environment, gitlabTokenVariable, type JobCredential } from '../domain/environment.ts';
import { kindOfToken } from '../domain/job-credential.ts';
import { prefixOf } from '../domain/prefix.ts';
import type { Project } from '../domain/project.ts';
import { type Secret, sameSecret } from '../domain/secret.ts';

/**
 * The environment with the GitLab that the configuration names, where the environment names none (a laptop, another CI).
 * The credential is then the one that the client's own key holds for that registry, so it is only sent where the key belongs; the token that
 * a workflow has for its own server is none of it.
 */
export function withServerOfConfiguration(
  environment: Environment,
  client: ClientModel,
  project: Project,
): Environment {
  if (environment.apiUrl !== null) return environment;
  for (const { name } of project.dependencies) {
    const { url } = client.registryFor(name);
    const prefix = url === null ? null : prefixOf(url);
    if (!prefix || url === null) continue;
    const credential = client.credentialFor(url, url);
    return {
      ...environment,
      apiUrl: prefix.apiUrl,
      serverUrl: prefix.apiUrl.replace(/\/api\/v4$/, ''),
      credential:
        credential.kind === 'token'
          ? {
              variable: credential.variable ?? credential.key,
              secret: credential.secret,
              kind: kindOfToken(
                credential.secret,
                isOwn(credential, environment.credential) ? environment.credential.kind : 'unknown',
              ),
            }
          : ofThatServer(environment.credential),
    };
  }
  return environment;
}

function isOwn({ secret }: { secret: Secret }, own: JobCredential): boolean {
  return own.secret !== null && sameSecret(own.secret, secret);
}

/** GitHub's own token means nothing to a GitLab and is nobody else's to see; what is missing goes by a name of its own. */
function ofThatServer(credential: JobCredential): JobCredential {
  return credential.kind === 'workflow-token'
    ? { variable: gitlabTokenVariable, secret: null, kind: 'unknown' }
    : credential;
}
