import { setTimeout as delay } from 'node:timers/promises';
import { payloadOf } from '../../../local/tenant/entra/lifecycle-workflows.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { decide, type Fate, type Firm, insist, type Leaver, leaversQueue } from './firm.ts';
import type { Person } from './people.ts';

/** One way in which the app hears of somebody, from the first word to the last. It returns when all was taken. */
export interface Entrance {
  readonly fate: Fate;
  readonly mostCases?: number;
  readonly tell: (firm: Firm, leaver: Leaver) => Promise<void>;
}

const DAY_MS = 86_400_000;
const soon = (ms: number): string => new Date(Date.now() + ms).toISOString();

/** What the app must take in, whenever it dies. */
export const ENTRANCES = {
  'an event of Entra': { fate: 'leaves', tell: ({ administrator }, { oid }) => administrator.deleteUser(oid) },
  'a deletion of which no event tells': {
    fate: 'leaves',
    tell: ({ administrator, untold }, { oid }) => {
      untold.add(oid);
      return administrator.deleteUser(oid);
    },
  },
  'a deletion for good': {
    fate: 'leaves',
    tell: async ({ administrator, chance }, { oid }) => {
      await administrator.deleteUser(oid);
      await delay(chance.between(0, 5_000));
      await administrator.deletePermanently(oid);
    },
  },
  'a deletion that is undone': {
    fate: 'returns',
    tell: async ({ administrator, chance }, { oid }) => {
      await administrator.deleteUser(oid);
      await delay(chance.between(500, 15_000));
      await administrator.restoreUser(oid);
    },
  },
  'HR, for today': { fate: 'leaves', tell: (firm, leaver) => say(firm, leaver, { kind: 'leaver', ...atMinute(0) }) },
  'HR, by number, and a deletion': {
    fate: 'leaves',
    mostCases: 2,
    tell: async (firm, leaver) => {
      const said = say(firm, leaver, { kind: 'leaver', person: { employeeId: leaver.employeeId }, ...atMinute(0) });
      await delay(firm.chance.between(0, 3_000));
      await Promise.all([said, firm.administrator.deleteUser(leaver.oid)]);
    },
  },
  'HR, for the next minute': {
    fate: 'leaves',
    tell: (firm, leaver) => say(firm, leaver, { kind: 'leaver', ...atMinute(1) }),
  },
  'HR, for a month later, and then for the next minute': {
    fate: 'leaves',
    tell: async (firm, leaver) => {
      await say(firm, leaver, { kind: 'leaver', ...atMinute(30 * 1_440) });
      await delay(firm.chance.between(0, 4_000));
      await say(firm, leaver, { kind: 'changed', ...atMinute(1) });
    },
  },
  'HR, for a month later': {
    fate: 'waits',
    tell: (firm, leaver) => say(firm, leaver, { kind: 'leaver', ...atMinute(30 * 1_440) }),
  },
  'HR, who takes it back': {
    fate: 'stays',
    tell: async (firm, leaver) => {
      await say(firm, leaver, { kind: 'leaver', ...atMinute(30 * 1_440) });
      await delay(firm.chance.between(0, 4_000));
      await say(firm, leaver, { kind: 'withdrawn', reason: 'They stay.' });
    },
  },
  'a lifecycle workflow': { fate: 'leaves', tell: runTask },
  'an operator': { fate: 'leaves', tell: (firm, leaver) => ask(firm, leaver, {}).then(() => undefined) },
  'an operator and a deletion': {
    fate: 'leaves',
    mostCases: 2,
    tell: async (firm, leaver) => {
      const asked = ask(firm, leaver, {});
      await delay(firm.chance.between(0, 2_000));
      await Promise.all([asked, firm.administrator.deleteUser(leaver.oid)]);
    },
  },
  'an operator, for later': {
    fate: 'leaves',
    tell: (firm, leaver) =>
      ask(firm, leaver, { when: soon(firm.chance.between(60_000, 90_000)) }).then(() => undefined),
  },
  'an operator, who moves the day': {
    fate: 'leaves',
    tell: async (firm, leaver) => {
      const caseId = await ask(firm, leaver, { when: soon(20 * DAY_MS) });
      await decide(firm, `/api/cases/${caseId}/reschedule`, { reason: 'Earlier.', when: soon(90_000) }, [200, 409]);
    },
  },
  'an operator, who starts it now': {
    fate: 'leaves',
    tell: async (firm, leaver) => {
      const caseId = await ask(firm, leaver, { when: soon(20 * DAY_MS) });
      await decide(firm, `/api/cases/${caseId}/start`, { reason: 'Now.' }, [200, 409]);
    },
  },
  'an operator, who cancels': {
    fate: 'stays',
    tell: async (firm, leaver) => {
      const caseId = await ask(firm, leaver, { when: soon(20 * DAY_MS) });
      await decide(firm, `/api/cases/${caseId}/cancel`, { reason: 'They stay.' }, [200, 409]);
    },
  },
  'the sweep': {
    fate: 'leaves',
    tell: (firm, { oid }) => {
      // The story's own leaver, whose last day was three weeks ago.
      if (!firm.leavers.some((each) => each.oid === WORLD.leaver.oid))
        firm.leavers.push(leaverOf({ ...WORLD.leaver, employeeId: '' }, 'the sweep'));
      firm.states.entra.users.patch(oid, { employeeLeaveDateTime: new Date(Date.now() - 2 * DAY_MS).toISOString() });
      const sweep = (): Promise<Response> =>
        fetch(`${firm.url()}/admin/functions/sweepTimer?wait=true`, { method: 'POST' });
      return insist('the sweep', sweep, [200]).then(() => undefined);
    },
  },
} as const satisfies Readonly<Record<string, Entrance>>;

export function leaverOf({ oid, employeeId, userPrincipalName }: Person, way: EntranceName): Leaver {
  const { fate, mostCases = 1 }: Entrance = ENTRANCES[way];
  return { oid, employeeId, userPrincipalName, way, fate, mostCases, messages: new Map(), runs: [], lost: false };
}

export type EntranceName = keyof typeof ENTRANCES;

/** @returns the id of the case */
export async function ask(firm: Firm, { oid, userPrincipalName }: Leaver, when: object, n = 1): Promise<string> {
  const isThere = firm.states.entra.users.get(oid) !== undefined;
  const confirm = isThere ? { confirmUserPrincipalName: userPrincipalName } : {};
  const body = { oid, reason: 'The manager asked for it.', mode: 'apply', ...when, ...confirm };
  const opened = (await decide(firm, '/api/cases', body, [200, 201], { key: `${oid}/${n}` })) as { caseId: string };
  return opened.caseId;
}

/** HR's system puts a message into the queue, which takes it whatever the app does. */
async function say(firm: Firm, leaver: Leaver, what: object): Promise<void> {
  const messageId = `hr-${leaver.oid.slice(-4)}-${leaver.messages.size + 1}`;
  const message = {
    ...{ schemaVersion: 2, messageId, leavingId: `leaving-${leaver.oid}`, requestedBy: 'workday' },
    ...{ issuedAt: new Date().toISOString(), person: { oid: leaver.oid }, ...what },
  };
  const text = JSON.stringify(message);
  leaver.messages.set(messageId, text);
  await leaversQueue(firm).sendMessage(text);
}

/** The whole minute that is so many after this one; HR says no seconds. */
function atMinute(after: number) {
  const at = new Date(Date.now() + after * 60_000).toISOString();
  return { lastDay: at.slice(0, 10), timeOfDay: at.slice(11, 16), zone: 'UTC' };
}

/** Entra's Logic App posts the same run again until somebody takes it. */
async function runTask(firm: Firm, leaver: Leaver): Promise<void> {
  const { tenant, states, chance } = firm;
  const { clientId, oid, workflowId, taskId } = WORLD.lifecycleWorkflows;
  const run = states.entra.taskProcessingResults.add({
    ...{ id: chance.guid(), workflowId, taskId, subjectId: leaver.oid, processingStatus: 'inProgress' },
  });
  leaver.runs.push(run.id);
  const body = JSON.stringify(payloadOf(tenant.core, states.entra, run, true));
  const post = async (): Promise<Response> => {
    const token = await tenant.tokens.issue({ audience: WORLD.app.audience, oid, clientId });
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    return fetch(`${firm.url()}/api/lifecycle-workflows`, { method: 'POST', headers, body });
  };
  await insist('the lifecycle workflow', post, [202]);
}
