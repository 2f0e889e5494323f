import { makeTokenMint } from '../../../local/tenant/seeds/token-mint.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { type Firm, MOVING } from './firm.ts';
import { type Ground, PROJECT, refOf, type States } from './plant/ground.ts';
import { plantItem } from './plant/item.ts';
import { plantLog } from './plant/log.ts';
import { plantAzureDevOps, plantDirectory, plantOrganisations } from './plant/organisations.ts';
import { clearPlatform } from './plant-platform.ts';
import { chanceOf } from './random.ts';

/** What was minted while the firm was planted: none of it may ever be written anywhere. */
export interface Planted {
  readonly secrets: readonly string[];
}

/** Makes the tenant be this firm and nothing else. The app's own identities, the gateway and the settings stay. */
export function plant(states: States, firm: Firm, at: Date): Planted {
  const now = new Date(Math.floor(at.getTime() / 3_600_000) * 3_600_000);
  const chance = chanceOf(firm.seed * 31 + 7);
  const mint = makeTokenMint({ bytes: chance.bytes, now: () => now.getTime() });
  const ground: Ground = { states, firm, mint, now, listed: new Map() };
  clear(states);
  plantDirectory(ground);
  plantOrganisations(ground);
  plantAzureDevOps(ground);
  for (const item of firm.items) plantItem(ground, item);
  plantLog(ground);
  applyHabits(ground);
  if (firm.habits.moving === true) plantMoving(ground);
  return { secrets: mint.all() };
}

/** The deny list stays: whoever was denied for an earlier firm still is. */
function clear({ entra, arm, github, devops, logs, teams }: States): void {
  for (const row of entra.servicePrincipals.all()) if (row.owners !== undefined) entra.servicePrincipals.delete(row.id);
  entra.directoryAudits.length = 0;
  for (const row of entra.applications.all()) if (row.appId !== WORLD.gateway.appId) entra.applications.delete(row.id);
  for (const rows of [
    entra.users,
    entra.deletedUsers,
    entra.grants,
    entra.assignments,
    entra.groups,
    entra.federatedCredentials,
    arm.identities,
    github.users,
    github.repositories,
    github.organisations,
    ...[devops, ...devops.others.all()].flatMap((each) => [
      each.agents,
      each.definitions,
      each.variableGroups,
      each.machines,
      each.releases,
      each.users,
      each.tokens,
    ]),
  ]) {
    rows.clear();
  }
  clearPlatform(arm);
  logs.rows.length = 0;
  teams.messages.length = 0;
}

/** A pipeline of the firm's that stands first, and goes after the first page: what stands behind it moves up. */
function plantMoving(ground: Ground): void {
  const { definitions } = ground.states.devops;
  const [first] = ground.firm.people;
  if (first === undefined) return;
  const others = definitions.all();
  const going = { id: MOVING, projectId: PROJECT, name: 'going', variables: {}, path: '\\' };
  definitions.clear();
  for (const each of [{ ...going, authoredBy: refOf(first), createdDate: ground.now.toISOString() }, ...others])
    definitions.add(each);
}

function applyHabits({ states: { entra, arm, devops, github }, firm: { habits } }: Ground): void {
  entra.switches.pageSize = habits.entraPage;
  entra.switches.largestPage = habits.entraPage;
  entra.switches.hideGrantsOfSoftDeleted = habits.hideGrantsOfSoftDeleted;
  arm.pageSize = habits.armPage;
  for (const { behaviour } of [devops, ...devops.others.all()]) {
    behaviour.betweenPages = () => {};
    behaviour.pageSize = habits.devopsPage;
    behaviour.revocationDelayMs = habits.revocationDelayMs;
  }
  github.revocationDelayMs = habits.revocationDelayMs;
}
