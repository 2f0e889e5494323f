import type { UserRow } from '../../../../local/tenant/entra/state/state-people.ts';
import { makeOrganisation } from '../../../../local/tenant/github/state/state-organisation.ts';
import { makeRepository } from '../../../../local/tenant/github/state/state-repository.ts';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import { devopsOf, ORGANISATIONS, type Person, personOf } from '../firm.ts';
import { DAY, descriptorOf, devopsIn, type Ground, storageKeyOf } from './ground.ts';

export function plantDirectory({ states: { entra }, firm, now }: Ground): void {
  const { operator, breakGlass, manager } = WORLD;
  const ago = (days: number): string => new Date(now.getTime() - days * DAY).toISOString();
  const row = (person: Pick<Person, 'oid' | 'displayName' | 'userPrincipalName' | 'mail' | 'guest'>): UserRow => ({
    id: person.oid,
    displayName: person.displayName,
    userPrincipalName: person.userPrincipalName,
    mail: person.mail,
    accountEnabled: true,
    userType: person.guest === true ? 'Guest' : 'Member',
    employeeLeaveDateTime: null,
    signInSessionsValidFromDateTime: ago(400),
    managerId: manager.oid,
    deletedDateTime: null,
  });
  const staff = [
    { ...manager, userPrincipalName: manager.mail },
    { ...operator, displayName: 'Iris Tanaka', mail: operator.userPrincipalName },
    { ...breakGlass, displayName: 'Break glass', mail: null },
  ];
  for (const person of [...staff, ...firm.people.filter(({ outsider }) => outsider !== true)])
    entra.users.add(row(person));
  const leaver = personOf(firm, firm.leaver);
  const { state, daysAgo, recorded } = firm.leaving;
  const leave = recorded ? { employeeLeaveDateTime: ago(daysAgo) } : {};
  const changed = entra.users.patch(leaver.oid, { ...leave, accountEnabled: state !== 'disabled' });
  if (changed === undefined || state === 'active' || state === 'disabled' || state === 'restored') return;
  entra.users.delete(leaver.oid);
  if (state === 'gone') return;
  const userPrincipalName = `${leaver.oid.replaceAll('-', '')}${leaver.userPrincipalName}`;
  entra.deletedUsers.add({ ...changed, userPrincipalName, deletedDateTime: new Date(now.getTime() - 1).toISOString() });
}

export function plantOrganisations({ states: { github }, firm }: Ground): void {
  for (const [index, login] of ORGANISATIONS.entries()) {
    const id = WORLD.github.organisationId + index;
    const organisation = {
      ...makeOrganisation(login, id),
      repositoryRunners: firm.habits.repositoryRunners,
      issuer: `https://sts.windows.net/${WORLD.tenantId}/`,
      // Everybody of the firm who has an account is a member, linked or not.
      members: new Set(firm.people.flatMap(({ github: own, outsider }) => (own && outsider !== true ? [own.id] : []))),
      // A further account of somebody, which nobody linked.
      outsideCollaborators: new Set(firm.people.flatMap(({ github: own, also }) => (own && also ? [own.id] : []))),
    };
    if (firm.habits.enterpriseSignOn === true) organisation.identities = null;
    github.organisations.add(organisation);
    const installation = github.installations.get(String(WORLD.github.installationId));
    if (installation === undefined) throw new Error('the App of the case study is not installed');
    const own = { ...installation, id: WORLD.github.installationId + index, organisation: login };
    github.installations.add({ ...own, denials: firm.habits.githubDenials });
  }
  for (const { github: account, displayName } of firm.people) {
    if (account !== undefined) github.users.add({ ...account, name: displayName });
  }
  const many = firm.habits.manyRepositories === true ? 101 : 0;
  for (let n = 0; n < many; n += 1) github.repositories.add(makeRepository(ORGANISATIONS[1], `a-${n}`, 610_000 + n));
  const [owner = '', name = ''] = WORLD.github.securityRepository.split('/');
  github.repositories.add(makeRepository(owner, name, 600_001));
}

export function plantAzureDevOps(ground: Ground): void {
  const known = ground.firm.people.flatMap((person) =>
    devopsOf(person).map((organisation) => ({ person, organisation })),
  );
  for (const { person, organisation } of known) {
    devopsIn(ground.states, organisation).users.add({
      descriptor: descriptorOf(person),
      storageKey: storageKeyOf(person, organisation),
      origin: 'aad',
      originId: person.oid,
      principalName: person.devopsName ?? person.userPrincipalName,
      mailAddress: person.mail ?? person.userPrincipalName,
      displayName: person.displayName,
    });
  }
}
