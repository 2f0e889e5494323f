import { seededGuid } from '../entra/directory.ts';
import { entraAttributes } from '../github/seeds/seed-people.ts';
import type { ExternalIdentity } from '../github/state/state-accounts.ts';
import { WORLD } from '../seeds/world.ts';
import { answering, type Scene, type Setting, type Settings } from './scene.ts';

const PEOPLE = [WORLD.leaver, ...WORLD.colleagues];
const FOREIGN = 'dddddddd-0000-4000-8000-000000000001';
const SCIM = 'github-scim-by-members';
const SCIM_PATH = /\/scim\/v2\/organizations\//;

function organisationOf({ states }: Scene) {
  const organisation = states.github.organisations.get(WORLD.github.organisation);
  if (organisation === undefined) throw new Error('the tenant has no such organisation');
  return organisation;
}

/** Changes the identity of each person, in the order of PEOPLE; makes them where there is none. */
function change(scene: Scene, alter: (identity: ExternalIdentity, oid: string, index: number) => ExternalIdentity) {
  const organisation = organisationOf(scene);
  const before = organisation.identities ?? [];
  organisation.identities = PEOPLE.map(({ oid, githubId, userPrincipalName }, index) => {
    const known = before.find(({ userId }) => userId === githubId);
    const made = { guid: seededGuid(`identity ${githubId}`), nameId: userPrincipalName, userId: githubId };
    return alter(known ?? { ...made, attributes: entraAttributes(oid) }, oid, index);
  });
}

const isTenant = ({ name }: { readonly name: string }): boolean => name.endsWith('/tenantid');

const objectIds =
  (has: (index: number) => boolean): Setting =>
  (scene) =>
    change(scene, (identity, oid, index) => {
      const kept = (identity.attributes ?? []).filter(isTenant);
      const [, id] = entraAttributes(oid);
      return { ...identity, attributes: has(index) && id !== undefined ? [...kept, id] : kept };
    });

const tenant =
  (value: string | undefined, issuer: string | null): Setting =>
  (scene) => {
    organisationOf(scene).issuer = issuer;
    change(scene, (identity, oid) => {
      const kept = (identity.attributes ?? []).filter((attribute) => !isTenant(attribute));
      const [named] = value === undefined ? [] : entraAttributes(oid, value);
      return { ...identity, attributes: named === undefined ? kept : [named, ...kept] };
    });
  };

/** What is sent as NameID, and which mail address everybody has. */
const nameIds =
  (nameId: (oid: string, upn: string, mail: string, index: number) => string | null, same = false): Setting =>
  (scene) => {
    for (const { oid, userPrincipalName } of PEOPLE) {
      const mail = same ? userPrincipalName : mailOf(userPrincipalName);
      scene.states.entra.users.patch(oid, { mail, proxyAddresses: [], otherMails: [] });
    }
    change(scene, (identity, oid, index) => {
      const upn = PEOPLE[index]?.userPrincipalName ?? '';
      return { ...identity, nameId: nameId(oid, upn, mailOf(upn), index) };
    });
  };

const mailOf = (upn: string): string => upn.replace('@', '.mail@');

const provider =
  (setting: 'no-provider' | 'no-accounts'): Setting =>
  (scene) => {
    const organisation = organisationOf(scene);
    const invited = { guid: seededGuid('invited'), nameId: 'invited@northwind-capital.example' };
    organisation.identities = setting === 'no-provider' ? null : [invited];
  };
const nobody = { 'no-provider': provider('no-provider'), 'no-accounts': provider('no-accounts') };

type Scim = NonNullable<ExternalIdentity['scim']>;

/** Whom provisioning made; `alter` changes what the setting is about, and leaves the rest of a row as it was. */
const provisioned =
  (alter: (row: Scim, oid: string, index: number) => Scim): Setting =>
  (scene) => {
    scene.lift(SCIM);
    change(scene, (identity, oid, index) => {
      const userName = PEOPLE[index]?.userPrincipalName ?? '';
      const made: Scim = { userName, createdAt: '2025-01-07T09:00:00Z', externalId: oid };
      return { ...identity, scim: alter(identity.scim ?? made, oid, index) };
    });
  };

const externalIds = (idOf: (oid: string, index: number) => string | undefined): Setting =>
  provisioned(({ externalId: _, ...row }, oid, index) => {
    const externalId = idOf(oid, index);
    return externalId === undefined ? row : { ...row, externalId };
  });

/** The row's own id, where it is not the identity's. */
const scimIds = (idOf: (index: number) => string | undefined): Setting =>
  provisioned(({ id: _, ...row }, _oid, index) => {
    const id = idOf(index);
    return id === undefined ? row : { ...row, id };
  });

const nobodyProvisioned: Setting = (scene) => {
  scene.lift(SCIM);
  change(scene, ({ scim: _, ...identity }) => identity);
};

const provisioningLog =
  (named: boolean): Setting =>
  (scene) => {
    scene.lift('github-provisioning-log');
    const { provisioning } = scene.states.entra;
    provisioning.splice(0);
    change(scene, (identity) => identity);
    if (!named) return;
    for (const { guid, userId } of organisationOf(scene).identities ?? []) {
      const person = PEOPLE.find(({ githubId }) => githubId === userId);
      provisioning.push({
        id: `behave-${guid}`,
        activityDateTime: new Date(scene.now.getTime() - 86_400_000).toISOString(),
        provisioningAction: 'create',
        status: 'success',
        sourceId: person?.oid ?? '',
        targetId: guid,
        targetName: person?.userPrincipalName ?? '',
        application: 'GitHub',
      });
    }
  };

const scimAnswers =
  (status: 403 | 404): Setting =>
  (scene) =>
    scene.arm(SCIM, answering('github', SCIM_PATH, status, { message: 'Resource not accessible by integration' }));

const AUDITS = { error: { code: 'Authentication_MSGraphPermissionMissing', message: 'Not permitted.' } };

export const GITHUB_SIGN_ON_SETTINGS: Settings = {
  'github-saml-object-id': {
    all: objectIds(() => true),
    some: objectIds((index) => index === 0),
    none: objectIds(() => false),
    ...nobody,
  },
  'github-saml-tenant': {
    attribute: tenant(WORLD.tenantId, null),
    issuer: tenant(undefined, `https://sts.windows.net/${WORLD.tenantId}/`),
    foreign: tenant(FOREIGN, null),
    unnamed: tenant(undefined, null),
    ...nobody,
  },
  'github-name-id': {
    'object-id': nameIds((oid) => oid),
    'guid-of-nobody': nameIds((oid) => seededGuid(`nobody ${oid}`)),
    'principal-name': nameIds((_oid, upn) => upn),
    mail: nameIds((_oid, _upn, mail) => mail),
    'principal-name-and-mail': nameIds((_oid, upn) => upn, true),
    other: nameIds((_oid, _upn, _mail, index) => `employee-${index}`),
    mixed: nameIds((oid, upn, _mail, index) => (index === 0 ? oid : upn)),
    none: nameIds(() => null),
    ...nobody,
  },
  [SCIM]: {
    rows: provisioned((row) => row),
    empty: nobodyProvisioned,
    denied: scimAnswers(403),
    'not-there': scimAnswers(404),
  },
  'github-scim-external-id': {
    'object-id': externalIds((oid) => oid),
    'guid-of-nobody': externalIds((oid) => seededGuid(`nobody ${oid}`)),
    other: externalIds((_oid, index) => `nickname${index}`),
    mixed: externalIds((oid, index) => (index === 0 ? oid : `nickname${index}`)),
    none: externalIds(() => undefined),
    'no-rows': nobodyProvisioned,
  },
  'github-scim-id': {
    same: scimIds(() => undefined),
    'some-differ': scimIds((index) => (index === 0 ? seededGuid('stale') : undefined)),
    differ: scimIds((index) => seededGuid(`stale ${index}`)),
    'no-rows': nobodyProvisioned,
    'no-provider': provider('no-provider'),
  },
  'github-provisioning-log': {
    named: provisioningLog(true),
    'not-seen': provisioningLog(false),
    denied: (scene) => {
      change(scene, (identity) => identity);
      scene.arm('github-provisioning-log', answering('graph', /\/auditLogs\/provisioning/, 403, AUDITS));
    },
    ...nobody,
  },
};
