import type { NamedPerson } from '../../../../src/people/names/whole-names.ts';
import { attributeAgent } from '../../../../src/steps/runner-credentials/rules/azure-devops/attribute-agent.ts';
import { attributeRunner } from '../../../../src/steps/runner-credentials/rules/github/runners/attribute-runner.ts';

export const person = (displayName: string, upn: string, ...logins: string[]): NamedPerson => ({
  displayName,
  userPrincipalName: upn,
  github: logins.map((login, id) => ({ login, id: id + 1, source: 'test', confidence: 'proved' })),
});
export const ALEX = person('Alex Moreau', 'alex.moreau@corp.example', 'amoreau');

export const DANIEL = person('Daniel Loomberg', 'daniel.loomberg@corp.example');

export const RENAMED = person('Alex Moreau', 'alex.moreau@corp.example', 'svc-build');
export const AL = person('Al Moreau', 'al@corp.example');
export const BO = person('Bo Ek', 'bo@corp.example');

export const SASHA = person('Alexander Petrov', 'alexander.petrov@corp.example');
export const SYNCED: NamedPerson = {
  ...person('Mia Pohl', 'mia.pohl@firm.example'),
  onPremises: { samAccountName: 'mp1234', domain: 'ad.nordwind.local' },
};

export const JEAN_LUC = person('Jean-Luc Picard', 'jean-luc.picard@corp.example');

export const OLEKSANDR = person('Олександр Шевченко', 'o.s@corp.example');

/** The same name gives the same answer at every vendor. */
export const VENDORS = {
  'GitHub runner': (name: string, who: NamedPerson) => attributeRunner({ name, customLabels: [] }, who),
  'Azure DevOps agent': (name: string, who: NamedPerson) => attributeAgent({ name, capabilities: {} }, who),
} as const;
