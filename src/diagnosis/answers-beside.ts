import { percentDecoded } from '../domain/percent-form.ts';
import type { Observation } from '../domain/probe.ts';
import type { Case } from '../domain/target.ts';
import { placeOf } from './alike-cases.ts';

/** What was seen of a case (`alike`) and says as much of another one of its project: answers to questions that do not name its package, by probe. */
export function answersBeside(one: Case, alike: Case): readonly (readonly [string, Observation])[] {
  if (placeOf(one).kind !== 'project')
    return [...alike.observations].filter(([probe]) => probe === 'job' || probe === 'lookup-variant');
  const { name } = alike.target.dependency;
  const own = ['metadata', 'tarball'];
  return [...alike.observations].filter(
    ([probe, { question }]) => !own.includes(probe) && !percentDecoded(question.url).includes(name),
  );
}
