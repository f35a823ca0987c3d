import type { ProviderKnowledge } from '../domain/provider-knowledge.ts';
import { explainGitHub } from './github/knowledge.ts';
import { gitlabKnowledge } from './gitlab/knowledge.ts';

/** What is known of every kind of registry with rules of access of its own. */
export const providerKnowledge: ProviderKnowledge = { ...gitlabKnowledge, explainGitHub };
