export { seededChoice } from '../faults/seeded-choice.ts';
export { examplesOf } from './corpus.ts';
export { fuzzTargets } from './fuzz-targets.ts';
export { mutate } from './mutate.ts';
