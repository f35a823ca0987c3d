import type { RunFacts } from '../domain/cause.ts';
import { authorizationOf, type Credential } from '../domain/credential.ts';
import { scopeOf } from '../domain/dependency.ts';
import { observedJson } from '../domain/observed-json.ts';
import { isOwnProject } from '../domain/own-project.ts';
import type { PackageProject } from '../domain/package-project.ts';
import { percentEncoded } from '../domain/percent-form.ts';
import { type Prefix, prefixOf, prefixUrl } from '../domain/prefix.ts';
import type { Observation, Outcome, Question } from '../domain/probe.ts';
import type { ProbeDefinition } from '../domain/probe-definition.ts';
import {
  type ProtectionRule,
  type Publishing,
  roleOfJobUser,
  roleOfLevel,
  roleOfWord,
} from '../domain/publishing.ts';
import { recordOf } from '../domain/record.ts';
import type { Case } from '../domain/target.ts';
import { allowedAgents } from '../probes/allowed-agents.ts';
import { job } from '../probes/job.ts';
import { membership } from '../probes/membership.ts';
import { apiQuestion, metadataQuestion } from '../probes/package-questions.ts';
import { protectionRules } from '../probes/protection-rules.ts';
import { readPackument } from '../probes/read-packument.ts';

/** What the rights are asked for. `put` asks a question and keeps what came of it among the case's observations. */
export interface RightsQuestion {
  run: RunFacts;
  publishing: Publishing;
  case: Case;
  prefix: Extract<Prefix, { kind: 'project' }>;
  credential: Credential;
  put: (key: string, question: Question) => Promise<Outcome>;
}

/**
 * The role of whoever publishes, the rules that protect packages, and a version that another project below the root namespace has.
 * A job token is told its role in its own project only; a person's token asks for itself; a Maintainer's token for both.
 */
export async function askPublishRights(asking: RightsQuestion): Promise<Publishing> {
  const { publishing } = asking;
  const isPerson = publishing.account.kind === 'person';
  const [account, scopes, rules, elsewhere] = await Promise.all([
    accountOf(asking),
    isPerson ? scopesOf(asking) : null,
    publishing.account.kind === 'job' ? rulesByApiToken(asking) : rulesByOwnToken(asking),
    publishing.there === null && publishing.own ? versionElsewhere(asking) : null,
  ]);
  return {
    ...publishing,
    account,
    ...(scopes ? { scopes } : {}),
    rules,
    there: publishing.there ?? elsewhere,
  };
}

/** What the token says of its own scopes (GitLab docs: personal access tokens API, `self`). */
async function scopesOf(asking: RightsQuestion): Promise<readonly string[] | null> {
  const url = `${asking.prefix.apiUrl}/personal_access_tokens/self`;
  const { scopes } = recordOf(observedJson(await askWithOwn(asking, 'own-token', url)));
  return Array.isArray(scopes) ? scopes.filter((scope) => typeof scope === 'string') : null;
}

/** A question with the credential that publishes. */
async function askWithOwn(
  { credential, put }: RightsQuestion,
  key: string,
  url: string,
): Promise<Observation> {
  const question = apiQuestion(key, url, authorizationOf(credential, url));
  return { question, outcome: await put(key, question) };
}

async function accountOf(asking: RightsQuestion): Promise<Publishing['account']> {
  const { account } = asking.publishing;
  if (account.kind === 'deploy') return account;
  if (account.kind === 'person') return personOf(asking);
  const own = await askProbe(asking, allowedAgents);
  const role = roleOfJobUser(own);
  if (role !== null && role !== 'none') return { ...account, role };
  if (asking.run.apiToken === undefined) return { ...account, role };
  await askProbe(asking, job);
  const listed = await askProbe(asking, membership);
  return { ...account, role: levelOf(listed) ?? role };
}

/** Who the token belongs to, and what the members of the project say of them (GitLab docs: users API, members API). */
async function personOf(asking: RightsQuestion): Promise<Publishing['account']> {
  const { account } = asking.publishing;
  const { apiUrl, project } = asking.prefix;
  const user = recordOf(observedJson(await askWithOwn(asking, 'user', `${apiUrl}/user`)));
  const login = typeof user.username === 'string' ? user.username : null;
  if (typeof user.id !== 'number' || !Number.isSafeInteger(user.id)) return account;
  if (user.is_admin === true) return { ...account, login, role: 'owner' };
  const members = `${apiUrl}/projects/${percentEncoded(project)}/members/all/${user.id}`;
  return { ...account, login, role: levelOf(await askWithOwn(asking, 'member', members)) };
}

function levelOf(observation: Observation | null): Publishing['account']['role'] {
  const { access_level: level } = recordOf(observedJson(observation));
  return typeof level === 'number' ? roleOfLevel(level) : null;
}

async function rulesByApiToken(asking: RightsQuestion): Promise<Publishing['rules']> {
  return readRules(await askProbe(asking, protectionRules));
}

async function rulesByOwnToken(asking: RightsQuestion): Promise<Publishing['rules']> {
  const read = await rulesByApiToken(asking);
  if (read !== null || asking.publishing.account.kind === 'deploy') return read;
  const { apiUrl, project } = asking.prefix;
  const url = `${apiUrl}/projects/${percentEncoded(project)}/packages/protection/rules`;
  return readRules(await askWithOwn(asking, 'protection-rules', url));
}

function readRules(observation: Observation | null): Publishing['rules'] {
  const answer = observedJson(observation);
  if (!Array.isArray(answer)) return null;
  return answer.flatMap((item: unknown): readonly ProtectionRule[] => {
    const {
      package_type: type,
      package_name_pattern: pattern,
      minimum_access_level_for_push: word,
    } = recordOf(item);
    const least = roleOfWord(word);
    return type === 'npm' && typeof pattern === 'string' && least !== null ? [{ pattern, least }] : [];
  });
}

/** The instance prefix shows the versions below the scope's root namespace: the same version elsewhere there refuses the push too. */
async function versionElsewhere({ run, publishing, case: one, prefix, credential, put }: RightsQuestion) {
  const { name } = one.target.dependency;
  const root = run.environment.consumer?.rootNamespace.toLowerCase();
  if (root === undefined || scopeOf(name)?.slice(1).toLowerCase() !== root) return null;
  const url = run.client.metadataUrl(prefixUrl({ kind: 'instance', apiUrl: prefix.apiUrl }), name);
  const outcome = await put(
    'published-elsewhere',
    metadataQuestion('published-elsewhere', url, authorizationOf(credential, url)),
  );
  const reading = outcome.kind === 'answered' && outcome.status === 200 ? readPackument(outcome) : null;
  if (reading?.kind !== 'packument') return null;
  const { versions } = reading.packument;
  const found = Object.hasOwn(versions, publishing.version) ? versions[publishing.version] : undefined;
  const holder = found?.tarball ? prefixOf(found.tarball) : null;
  return holder?.kind === 'project' && !isOwnProject(run.environment, holder.project) ? holder.project : null;
}

/** The first answer to a probe's questions; `null` where it can't be asked here. */
async function askProbe(
  { run, case: one, prefix, put }: RightsQuestion,
  probe: ProbeDefinition,
): Promise<Observation | null> {
  const [question] = probe.questions({ run, case: one, packageProject: projectOf(run, prefix) });
  return question ? { question, outcome: await put(question.probe, question) } : null;
}

function projectOf(run: RunFacts, { project }: { project: string }): PackageProject {
  const numeric = /^\d+$/.test(project) ? Number(project) : null;
  const { consumer } = run.environment;
  const path = numeric === null ? project : numeric === consumer?.id ? consumer.path : null;
  return { id: numeric, path, name: path?.split('/').at(-1) ?? null, webUrl: null };
}
