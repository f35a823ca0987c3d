export { faultPlan } from './fault-plan.ts';
export { type FaultsPlayed, failureLine, playFaults } from './play-faults.ts';
