import { grantRow } from '../entra/applications/grants.ts';
import { assignmentRow } from '../entra/applications/service-principals.ts';
import { seededGuid } from '../entra/directory.ts';
import { WORLD } from '../seeds/world.ts';
import { application, DEPARTED, departed, OWNED } from './departed.ts';
import { answering, type Setting, type Settings } from './scene.ts';

const DAY_MS = 86_400_000;
const FORBIDDEN = { error: { code: 'Authorization_RequestDenied', message: 'Insufficient privileges.' } };
const NOT_FOUND = { error: { code: 'Request_ResourceNotFound', message: 'Resource does not exist.' } };
const UNSUPPORTED = { error: { code: 'Request_UnsupportedQuery', message: 'Unsupported query.' } };

const CROWDED = seededGuid('application with many owners');

const audits =
  (...ages: readonly number[]): Setting =>
  ({ states: { entra }, now }) => {
    entra.directoryAudits.splice(0);
    for (const days of ages) {
      entra.directoryAudits.push({
        id: `Directory_${days}`,
        activityDateTime: new Date(now.getTime() - days * DAY_MS).toISOString(),
        activityDisplayName: 'Update device',
        targetId: DEPARTED,
        property: 'DisplayName',
        before: ['a'],
        after: ['b'],
      });
    }
  };

/** A question as Graph takes it, does not take it, or denies it, whatever the tenant does by itself. */
function asked(probe: string, path: RegExp, byItself: 'taken' | 'refused' | 'denied'): Settings[string] {
  const faults = {
    taken: answering('graph', path, 200, { value: [] }),
    refused: answering('graph', path, 400, UNSUPPORTED),
    denied: answering('graph', path, 403, FORBIDDEN),
  };
  const set =
    (how: keyof typeof faults): Setting =>
    (scene) =>
      how === byItself ? scene.lift(probe) : scene.arm(probe, faults[how]);
  return { taken: set('taken'), refused: set('refused'), denied: set('denied') };
}

const grants =
  (shown: 'by-person' | 'by-resource-alone' | 'not-seen'): Setting =>
  (scene) => {
    departed(scene, true);
    const { entra } = scene.states;
    entra.switches.hideGrantsOfSoftDeleted = shown === 'not-seen';
    if (shown === 'by-resource-alone') entra.switches.leftOut.person.add(DEPARTED);
    else entra.switches.leftOut.person.delete(DEPARTED);
    entra.grants.add(
      grantRow({
        clientId: WORLD.clients.vscode.servicePrincipalId,
        resourceId: WORLD.gateway.servicePrincipalId,
        principalId: DEPARTED,
        consentType: 'Principal',
        scope: 'mcp.tools.read',
      }),
    );
  };

const roles =
  (listed: boolean): Setting =>
  (scene) => {
    departed(scene, true);
    const { entra } = scene.states;
    entra.switches.hideRolesOfSoftDeleted = !listed;
    const gateway = entra.servicePrincipals.get(WORLD.gateway.servicePrincipalId);
    entra.assignments.add(
      assignmentRow({
        appRoleId: gateway?.appRoles[0]?.id ?? '',
        createdDateTime: '2026-01-01T00:00:00Z',
        principalId: DEPARTED,
        principalType: 'User',
        principalDisplayName: 'Robin Departed',
        resourceId: WORLD.gateway.servicePrincipalId,
        resourceDisplayName: 'MCP gateway',
      }),
    );
  };

const owners =
  (listed: boolean): Setting =>
  (scene) => {
    departed(scene, true);
    scene.states.entra.switches.hideOwnersOfSoftDeleted = !listed;
    scene.states.entra.applications.add(application(OWNED, [DEPARTED]));
  };

const crowd =
  (count: number, expanded: number): Setting =>
  ({ states: { entra } }) => {
    entra.switches.ownersExpanded = expanded;
    const many = Array.from({ length: count }, (_, index) => seededGuid(`owner ${index}`));
    if (count === 0) entra.applications.delete(CROWDED);
    else entra.applications.add(application(CROWDED, many));
  };

const advanced =
  (how: 'same' | 'plain' | 'advanced' | 'refused'): Setting =>
  ({ states: { entra } }) => {
    const { refuses, leftOut } = entra.switches;
    const [colleague] = WORLD.colleagues;
    leftOut.resource.delete(colleague.oid);
    leftOut.advanced.delete(colleague.oid);
    refuses.delete('advanced');
    if (how === 'refused') refuses.add('advanced');
    if (how === 'plain') leftOut.resource.add(colleague.oid);
    if (how === 'advanced') leftOut.advanced.add(colleague.oid);
  };

const nobodyDeleted: Setting = (scene) => departed(scene, false);

const CAST = 'entra-deleted-item-cast';
const cast =
  (how: 'exists' | 'refused' | 'not-found'): Setting =>
  (scene) => {
    departed(scene, true);
    scene.lift(CAST);
    scene.states.entra.switches.castOnDeletedItem = how !== 'refused';
    const path = /\/directory\/deletedItems\/[^/]+\/microsoft\.graph\.user/;
    if (how === 'not-found') scene.arm(CAST, answering('graph', path, 404, NOT_FOUND));
  };

const deletedApplications =
  (told: boolean, some: boolean): Setting =>
  ({ states: { entra } }) => {
    entra.switches.ownersOfDeletedApplications = told;
    entra.deletedApplications.clear();
    const deletedDateTime = '2026-11-20T09:00:00Z';
    if (some) entra.deletedApplications.add({ ...application(OWNED, [DEPARTED]), deletedDateTime });
  };

const signIns = asked('entra-sign-ins', /\/auditLogs\/signIns\?/, 'taken');

export const ENTRA_SETTINGS: Settings = {
  'entra-audit-by-person': asked('entra-audit-by-person', /directoryAudits\?.*initiatedBy/, 'taken'),
  'entra-audit-retention': {
    longer: audits(40, 1),
    'thirty-days': audits(20, 1),
    'seven-days': audits(3),
    empty: audits(),
  },
  'entra-sign-ins': {
    ...signIns,
    denied: (scene) => {
      scene.lift('entra-sign-ins');
      scene.states.entra.switches.premium = false;
    },
    taken: (scene) => {
      scene.lift('entra-sign-ins');
      scene.states.entra.switches.premium = true;
    },
  },
  'entra-leave-date-plain': asked(
    'entra-leave-date-plain',
    /\/users\?\$filter=employeeLeaveDateTime.*\$select=id&\$top=1$/,
    'refused',
  ),
  'entra-grant-filters-joined': asked('entra-grant-filters-joined', /clientId.*and.*principalId/, 'refused'),
  'entra-roles-advanced': {
    same: advanced('same'),
    'plain-lacks': advanced('plain'),
    'advanced-lacks': advanced('advanced'),
    refused: advanced('refused'),
  },
  [CAST]: {
    exists: cast('exists'),
    refused: cast('refused'),
    'not-found': cast('not-found'),
    'no-case': nobodyDeleted,
  },
  'entra-grants-of-deleted': {
    'by-person': grants('by-person'),
    'by-resource-alone': grants('by-resource-alone'),
    'not-seen': grants('not-seen'),
    'no-case': nobodyDeleted,
  },
  'entra-roles-of-deleted': { listed: roles(true), 'not-seen': roles(false), 'no-case': nobodyDeleted },
  'entra-owners-of-deleted': { listed: owners(true), 'not-seen': owners(false), 'no-case': nobodyDeleted },
  'entra-owners-expanded': {
    'cut-at-twenty': crowd(25, 20),
    'more-than-twenty': crowd(25, 100),
    'exactly-twenty': crowd(20, 20),
    'no-case': crowd(0, 20),
  },
  'entra-deleted-applications': {
    told: deletedApplications(true, true),
    'not-told': deletedApplications(false, true),
    'no-case': deletedApplications(true, false),
  },
  'entra-directory-roles': asked('entra-directory-roles', /\/roleManagement\/directory\/roleAssignments/, 'taken'),
};
