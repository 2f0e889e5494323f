import type { DevOpsState } from '../devops/state/state.ts';
import type { User } from '../devops/state/state-people.ts';
import { WORLD } from '../seeds/world.ts';
import { answering, type Setting, type Settings } from './scene.ts';

const DENIED = { message: 'Access denied.', typeKey: 'AccessDeniedException' };
const PERSONAL = 'msa.UGVyc29uYWw';
const POOL = 9_001;

/** Answered by the tenant itself, or denied. */
function mayAsk(probe: string, path: RegExp, status: number): { readonly answered: Setting; readonly denied: Setting } {
  return {
    answered: (scene) => scene.lift(probe),
    denied: (scene) => scene.arm(probe, answering('devops', path, status, DENIED)),
  };
}

const people = [WORLD.leaver, ...WORLD.colleagues];

/** The users of Entra's, each with what stands for its object id; nobody where there is none. */
const users =
  (originOf: ((oid: string) => string) | undefined, domain?: string): Setting =>
  ({ states: { devops } }) => {
    const before = devops.users.all().filter(({ origin }) => origin === 'aad');
    for (const { descriptor } of before) devops.users.delete(descriptor);
    if (originOf === undefined) return;
    for (const [index, { oid, displayName, userPrincipalName }] of people.entries()) {
      const known = before.find(({ principalName }) => principalName === userPrincipalName);
      const made: User = {
        descriptor: `aad.${Buffer.from(oid).toString('base64url')}`,
        storageKey: `8b1f6f0e-0000-4000-8000-${String(index).padStart(12, '0')}`,
        origin: 'aad',
        originId: oid,
        principalName: userPrincipalName,
        mailAddress: userPrincipalName,
        displayName,
      };
      const { domain: _, ...same } = { ...made, ...known };
      devops.users.add({ ...same, originId: originOf(oid), ...(domain === undefined ? {} : { domain }) });
    }
  };

const personal =
  (there: boolean): Setting =>
  ({ states: { devops } }) => {
    for (const { descriptor, origin } of devops.users.all()) if (origin !== 'aad') devops.users.delete(descriptor);
    if (!there) return;
    devops.users.add({
      descriptor: PERSONAL,
      storageKey: '8b1f6f0e-ffff-4000-8000-000000000001',
      origin: 'msa',
      originId: '0003BFFD1234ABCD',
      principalName: 'somebody@outlook.example',
      mailAddress: 'somebody@outlook.example',
      displayName: 'Somebody',
    });
  };

const pools =
  (which: DevOpsState['behaviour']['poolsOfNoKind']): Setting =>
  ({ states: { devops } }) => {
    devops.behaviour.poolsOfNoKind = which;
    devops.pools.add({ id: POOL, name: 'rollout', isHosted: false, kind: 'deployment' });
  };

const MACHINES = 'devops-environment-machines';
const MACHINES_PATH = /\/providers\/virtualmachines\?/;
const machines =
  (alter: ((row: Readonly<Record<string, unknown>>) => object) | undefined): Setting =>
  (scene) => {
    const effect = {
      kind: 'alter' as const,
      alter: (body: unknown) => {
        const page = body as { readonly value: readonly Record<string, unknown>[] };
        const value = alter === undefined ? [] : page.value.map(alter);
        return { ...page, count: value.length, value };
      },
    };
    scene.arm(MACHINES, { vendor: 'devops', path: MACHINES_PATH, effect });
  };

const auditing =
  (on: boolean): Setting =>
  (scene) => {
    scene.lift('devops-audit-log');
    const { audit, behaviour } = scene.states.devops;
    behaviour.auditing = on ? 'on' : 'off';
    const timestamp = new Date(scene.now.getTime() - 3_600_000).toISOString();
    audit.add({
      ...{ id: 'behave', actionId: 'Security.ModifyPermission', timestamp, data: {} },
      ...{ actorUserId: WORLD.leaver.devopsStorageKey, actorUPN: WORLD.leaver.userPrincipalName },
    });
  };

export const DEVOPS_SETTINGS: Settings = {
  'devops-pools-of-no-kind': {
    'automation-alone': pools('automation'),
    'every-kind': pools('every-kind'),
    'kind-not-told': pools('without-kind'),
  },
  'devops-pools-seen': {
    all: ({ states }) => void states.devops.behaviour.unseen.delete('AgentPools'),
    'not-all': ({ states }) => void states.devops.behaviour.unseen.add('AgentPools'),
  },
  [MACHINES]: {
    'with-capabilities': machines((row) => ({
      ...row,
      agent: { ...(row.agent as object), systemCapabilities: { 'Agent.Name': 'x' } },
    })),
    'by-reference': (scene) => scene.lift(MACHINES),
    'without-agents': machines(({ agent: _, ...row }) => row),
    'no-machines': machines(undefined),
  },
  'devops-tokens-by-principal': {
    ...mayAsk('devops-tokens-by-principal', /\/tokenadmin\/personalaccesstokens\//, 401),
    'no-users': users(undefined),
  },
  'devops-hooks-by-principal': mayAsk('devops-hooks-by-principal', /\/_apis\/hooks\/subscriptions/, 403),
  'devops-audit-log': {
    entries: auditing(true),
    empty: auditing(false),
    denied: mayAsk('devops-audit-log', /\/_apis\/audit\/auditlog/, 403).denied,
  },
  'devops-users-of-other-origin': { none: personal(false), some: personal(true) },
  'devops-origin-ids': {
    'object-ids': users((oid) => oid),
    'some-foreign': users((oid) => oid, 'dddddddd-0000-4000-8000-000000000001'),
    'not-people': users((oid) => oid.replace(/^......../, 'dddddddd')),
    'no-users': users(undefined),
  },
};
