import type { Sayer } from '../../../../src/machines/kept.ts';
import type { MachineVendor } from '../../../../src/machines/report.ts';
import type { RunAnswer, Telling } from '../../../../src/machines/telling.ts';
import type { Unbound } from '../../../../src/steps/runner-credentials/rules/machines/bound-to.ts';
import type { ListedMachine } from '../../../../src/steps/runner-credentials/rules/machines/listed-machine.ts';
import { identityOf, keptMachine, RUNNER, tellingOf } from '../../../support/apps/kept-machine.ts';

/*
 * Whose word closes the gap of which machine. A report may come from any workflow of the firm and from any identity with
 * the role, and name any machine: it counts where GitHub says that its run had a job on that very runner, or where the
 * identity is that of the one machine of its name in Azure.
 */

export const now = new Date('2026-11-23T10:00:00.000Z');
export const DAY = 86_400_000;
const ago = (days: number): string => new Date(now.getTime() - days * DAY).toISOString();
export const recent = { now, days: 7 };
export const runner = (more: Partial<ListedMachine> = {}): ListedMachine => ({
  ...{ name: 'build-77', id: RUNNER, group: 1, online: true },
  ...more,
});
const agent = (more: Partial<ListedMachine> = {}): ListedMachine => ({
  ...{ name: 'build-77', pool: 'Default', online: true },
  ...more,
});

type Told = Parameters<typeof keptMachine>[2];
/** A job of `northwind/app` names the machine; GitHub says on which runners that run had jobs. */
export const byJob = (
  on: readonly number[],
  told: Told = {},
  sayer: Partial<Extract<Sayer, { kind: 'github-job' }>> = {},
) => {
  const kept = keptMachine('github', ago(1), told);
  return tellingOf(kept.sayer.kind === 'github-job' ? { ...kept, sayer: { ...kept.sayer, ...sayer } } : kept, on);
};
export const answering = (state: RunAnswer['state'] | undefined): Telling => {
  const telling = byJob([]);
  return { ...telling, answers: telling.answers.flatMap((each) => (state === undefined ? [] : [{ ...each, state }])) };
};
const byIdentity = (vendor: MachineVendor, sayer: Sayer, told: Told = {}) =>
  tellingOf(keptMachine(vendor, ago(1), { ...told, sayer }));
export const SUB = '/subscriptions/0/resourceGroups/rg/providers';
const of = (resourceId: string): Sayer => ({ kind: 'managed-identity', oid: 'an-identity', resourceId });
const at = (registeredAt: string): Told => ({ machine: { registeredAt } });
const OF_ENTERPRISE = at('https://github.com/enterprises/northwind-group');

interface Situation {
  readonly vendor: MachineVendor;
  readonly listed: ListedMachine;
  readonly others?: readonly ListedMachine[];
  readonly told: readonly Telling[];
  readonly is: 'told' | 'silent' | Unbound;
}
const github = (listed: ListedMachine, told: readonly Telling[], is: Situation['is']): Situation => ({
  ...{ vendor: 'github', listed, told, is },
});
const devops = (listed: ListedMachine, told: readonly Telling[], is: Situation['is']): Situation => ({
  ...{ vendor: 'azure-devops', listed, told, is },
});

export const SITUATIONS: Readonly<Record<string, Situation>> = {
  'a job that ran on it': github(runner(), [byJob([RUNNER])], 'told'),
  'a run that had one of its jobs on it': github(runner(), [byJob([5, RUNNER])], 'told'),
  'a job that ran elsewhere and names it': github(runner(), [byJob([5])], 'elsewhere'),
  'a job of which GitHub shows no runner, and the run is over': github(runner(), [byJob([])], 'elsewhere'),
  'a run that goes on': github(runner(), [answering('under-way')], 'under-way'),
  'a run that was deleted': github(runner(), [answering('gone')], 'gone'),
  'a run that GitHub was not asked about': github(runner(), [answering(undefined)], 'unasked'),
  'a report that was kept before runs were': github(runner(), [{ ...byJob([]), runs: [] }], 'without-run'),
  'one that lies, and one that ran there': github(
    runner(),
    [byJob([5]), byJob([RUNNER], {}, { repositoryId: 9 })],
    'told',
  ),
  'an old run': github(runner(), [tellingOf(keptMachine('github', ago(7.1)))], 'silent'),
  nobody: github(runner(), [], 'silent'),
  'a name that is not registered': github(runner(), [byJob([RUNNER], { machine: { name: 'build-99' } })], 'silent'),
  'a machine that was set up anew under its name': github(runner({ id: 88 }), [byJob([RUNNER])], 'elsewhere'),
  'a machine that is called otherwise now': github(runner({ name: 'build-78' }), [byJob([RUNNER])], 'silent'),
  'its name in other letters': github(runner({ name: 'Build-77' }), [byJob([RUNNER])], 'told'),
  'the same name in another organisation': github(runner(), [byJob([RUNNER], { organisation: 'contoso' })], 'silent'),
  'a job of another organisation': github(runner(), [byJob([RUNNER], {}, { owner: 'contoso' })], 'elsewhere'),
  'a repository’s runner, by its job': github(
    runner({ repository: 'app' }),
    [byJob([RUNNER], at('https://github.com/northwind/app'), { repository: 'northwind/app' })],
    'told',
  ),
  'a repository’s runner, by a job of another': github(
    runner({ repository: 'app' }),
    [byJob([RUNNER], at('https://github.com/northwind/app'), { repository: 'northwind/other' })],
    'elsewhere',
  ),
  'a runner of the enterprise': github(runner({ ofEnterprise: true }), [byJob([RUNNER], OF_ENTERPRISE)], 'told'),
  'a runner of the enterprise, by a job that ran elsewhere': github(
    runner({ ofEnterprise: true }),
    [byJob([5], OF_ENTERPRISE)],
    'elsewhere',
  ),
  'a runner of the enterprise, which the organisation does not list': github(
    runner(),
    [byJob([RUNNER], OF_ENTERPRISE)],
    'silent',
  ),
  'one for one job, by another of its set': github(
    runner({ name: 'linux-p0q1r', id: 90, ephemeral: true }),
    [byJob([RUNNER], { machine: { name: 'linux-x8f2k', ephemeral: true } })],
    'told',
  ),
  'one for one job, by a job elsewhere that names one of its set': github(
    runner({ name: 'linux-p0q1r', id: 90, ephemeral: true }),
    [byJob([], { machine: { name: 'linux-x8f2k', ephemeral: true } })],
    'elsewhere',
  ),
  'one for one job, by one of another group': github(
    runner({ name: 'linux-p0q1r', id: 90, ephemeral: true, group: 4 }),
    [byJob([RUNNER], { machine: { name: 'linux-x8f2k', ephemeral: true } })],
    'elsewhere',
  ),
  'a laptop that stays, by one for one job': github(
    runner({ name: 'linux-amoreau', id: 90, ephemeral: false }),
    [byJob([RUNNER], { machine: { name: 'linux-x8f2k', ephemeral: true } })],
    'silent',
  ),
  'a laptop of which GitHub does not say that it stays': github(
    runner({ name: 'linux-amoreau', id: 90 }),
    [byJob([RUNNER], { machine: { name: 'linux-x8f2k', ephemeral: true } })],
    'silent',
  ),
  'GitHub: the identity of its virtual machine': github(
    runner(),
    [byIdentity('github', identityOf('build-77'))],
    'told',
  ),
  'GitHub: the identity of another virtual machine': github(
    runner(),
    [byIdentity('github', identityOf('build-78'))],
    'other-identity',
  ),
  'the identity of its virtual machine': devops(agent(), [byIdentity('azure-devops', identityOf('BUILD-77'))], 'told'),
  'that of a server of Azure Arc': devops(
    agent(),
    [byIdentity('azure-devops', of(`${SUB}/Microsoft.HybridCompute/machines/build-77`))],
    'told',
  ),
  'that of another machine': devops(
    agent(),
    [byIdentity('azure-devops', identityOf('laptop-amoreau'))],
    'other-identity',
  ),
  'a user-assigned one, of its very name': devops(
    agent(),
    [byIdentity('azure-devops', of(`${SUB}/Microsoft.ManagedIdentity/userAssignedIdentities/build-77`))],
    'shared-identity',
  ),
  'that of a scale set, of its very name': devops(
    agent(),
    [byIdentity('azure-devops', of(`${SUB}/Microsoft.Compute/virtualMachineScaleSets/build-77`))],
    'shared-identity',
  ),
  'one whose token does not say whose it is': devops(
    agent(),
    [byIdentity('azure-devops', { kind: 'managed-identity', oid: 'an-identity' })],
    'nameless-identity',
  ),
  'two virtual machines of one name': devops(
    agent(),
    [byIdentity('azure-devops', identityOf('build-77')), byIdentity('azure-devops', identityOf('build-77', 'other'))],
    'twins',
  ),
  'its own, and a user-assigned one beside it': devops(
    agent(),
    [
      byIdentity('azure-devops', of(`${SUB}/Microsoft.ManagedIdentity/userAssignedIdentities/all`)),
      byIdentity('azure-devops', identityOf('build-77')),
    ],
    'told',
  ),
  'an agent of another pool': devops(
    agent({ pool: 'Other' }),
    [byIdentity('azure-devops', identityOf('build-77'))],
    'silent',
  ),
  'an agent of one name in two pools, and a report that names none': {
    ...devops(agent(), [byIdentity('azure-devops', identityOf('build-77'))].map(withoutPool), 'twins'),
    others: [agent({ pool: 'Other', online: false })],
  },
  'a machine of an environment that is called like an agent': {
    ...devops({ name: 'build-77', online: true }, [byIdentity('azure-devops', identityOf('build-77'))], 'twins'),
    others: [agent()],
  },
  'a machine of an environment': devops(
    { name: 'build-77', online: true },
    [byIdentity('azure-devops', identityOf('build-77'))],
    'told',
  ),
  'an agent that was registered after the report': devops(
    agent({ since: ago(0.5) }),
    [byIdentity('azure-devops', identityOf('build-77'))],
    'before',
  ),
  'an agent that was registered before it': devops(
    agent({ since: ago(30) }),
    [byIdentity('azure-devops', identityOf('build-77'))],
    'told',
  ),
  'an old report of its own identity': devops(agent(), [tellingOf(keptMachine('azure-devops', ago(7.1)))], 'silent'),
  'an agent of one name in another organisation': devops(
    agent(),
    [byIdentity('azure-devops', identityOf('build-77'), { organisation: 'contoso' })],
    'silent',
  ),
};

function withoutPool(telling: Telling): Telling {
  const { pool: _, ...about } = telling.about;
  return { ...telling, about };
}
