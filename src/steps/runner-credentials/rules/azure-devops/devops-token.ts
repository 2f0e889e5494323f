import type { Finding } from '../../../../cases/finding.ts';

const TYPES = new Set<unknown>(['azure-devops', 'azure-devops-legacy']);

/** Whether a finding tells of a token of Azure DevOps in some place, of either format. */
export function isDevOpsToken({ evidence }: Pick<Finding, 'evidence'>): boolean {
  return TYPES.has(evidence.tokenType);
}

/** Whether a finding tells of one that may open an organisation: one that stands in another organisation is of that. */
export function isTokenOf(organisation: string, { evidence, resource: { system, id } }: Finding): boolean {
  return isDevOpsToken({ evidence }) && (system !== 'azure-devops' || id.startsWith(`${organisation}/`));
}
