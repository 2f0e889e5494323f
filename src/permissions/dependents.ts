import type { StepName } from '../cases/finding.ts';
import type { RemedyKind } from '../cases/remedy.ts';
import type { Dependent } from './permission.ts';

export const line = (step: StepName, source: string): Dependent => ({ kind: 'coverage', step, source });
export const lines = (step: StepName, ...sources: readonly string[]): Dependent[] =>
  sources.map((source) => line(step, source));
export const remedy = (kind: RemedyKind, of?: string): Dependent => ({
  kind: 'remedy',
  remedy: kind,
  ...(of === undefined ? {} : { of }),
});
/** Anything else that the app does, in a few words. */
export const duty = (what: string): Dependent => ({ kind: 'function', what });

/** What says nothing about a leaver whose GitHub account is not known. */
export const ON_GITHUB_ACCOUNT: readonly Dependent[] = [
  ...lines(
    'federated-credentials',
    'identity/github',
    'azure/managed-identities',
    'azure/federated-credentials',
    'entra/applications',
    'entra/application-credentials',
  ),
  ...lines('runner-credentials', 'github/fine-grained-tokens', 'github/sso-credentials', 'github/schedules'),
];

/** What is asked of GitHub, and what rests on it. */
export const ON_GITHUB: readonly Dependent[] = [
  ...ON_GITHUB_ACCOUNT,
  ...lines(
    'runner-credentials',
    'github/repositories',
    'github/workflow-files',
    'github/repository-variables',
    'github/environment-variables',
    'github/repository-runners',
    'github/organisation-variables',
    'github/organisation-runners',
  ),
];
