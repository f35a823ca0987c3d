import { apiAuthorization } from '../domain/api-token.ts';
import { observedJson } from '../domain/observed-json.ts';
import { projectApiId } from '../domain/package-project.ts';
import { percentDecoded } from '../domain/percent-form.ts';
import type { Question } from '../domain/probe.ts';
import type { ProbeSubject } from '../domain/probe-definition.ts';
import { apiQuestion } from './package-questions.ts';

const perPage = 100;
const mostPages = 10;
/** A page holds up to a hundred projects, each with some kilobytes. */
const pageLimit = 4 * 1024 * 1024;

/**
 * The question for a page of the API below the package project, with the Maintainer's token; none without one or while the project is
 * unknown. Its key is `slug:ID`, so that answers about another project are told apart.
 */
export function settingsQuestion(
  { run, packageProject }: ProbeSubject,
  slug: string,
  below: string,
): readonly Question[] {
  const { apiUrl } = run.environment;
  const id = packageProject && projectApiId(packageProject);
  if (apiUrl === null || !id) return [];
  const url = `${apiUrl}/projects/${id}${below}`;
  const authorization = apiAuthorization(run.environment, run.apiToken, url);
  if (!authorization) return [];
  return [
    {
      ...apiQuestion(`${slug}:${percentDecoded(id)}`, url, authorization),
      read: { kind: 'text', limit: pageLimit },
    },
  ];
}

/** The first page of a list and, once that is full, the next ones. Keys of later pages end in `?page=2`. */
export function listQuestions(subject: ProbeSubject, slug: string, below: string): readonly Question[] {
  const questions: Question[] = [];
  for (let page = 1; page <= mostPages; page++) {
    const [question] = settingsQuestion(subject, slug, `${below}?per_page=${perPage}&page=${page}`);
    if (question === undefined) return questions;
    const probe = page === 1 ? question.probe : `${question.probe}?page=${page}`;
    questions.push({ ...question, probe });
    const answer = observedJson(subject.case.observations.get(probe));
    if (!Array.isArray(answer) || answer.length < perPage) return questions;
  }
  return questions;
}
