import { casePolicy } from '../config/config-cases.ts';
import { canaryOf } from '../config/config-optional.ts';
import { startCanary } from '../intake/runs/start-canary.ts';
import { type Canary, isUnderWay } from '../posture/canary/canary.ts';
import { pointOf } from '../posture/canary/canary-series.ts';
import { afterLook } from '../posture/canary/judge-canary.ts';
import { afterVain, dueFrom, instanceOf, isGoodMinute, monthsId, ofMonth } from '../posture/canary/when.ts';
import type { Duty, DutyContext } from './duty.ts';

/** Its calls take a minute; what did not end by then was lost. */
const LOST_MS = 30 * 60_000;

/** Sends the month’s canary, and looks whether the alert of one came that was sent. */
export const tryDetection: Duty = {
  name: 'try the detection',
  run: async (context) => {
    const { vendors, settings, now } = context;
    const place = canaryOf(settings);
    if (place === undefined) return 0;
    const at = now();
    const { canaries } = await vendors.storage.listCanaries();
    const known = canaries.some(({ id }) => id === monthsId(at)) || canaries.some(isUnderWay);
    const stands = known ? canaries : await enterMonths(context, at);
    const canary = stands.find(isUnderWay);
    if (canary === undefined || !isDue(canary, at)) return 0;
    await goOn(context, canary, at, place.ruleId);
    return 1;
  },
};

/** Of two hosts one enters it. */
function enterMonths({ vendors }: DutyContext, at: Date): Promise<readonly Canary[]> {
  return vendors.storage.changeCanaries((canaries) => {
    if (canaries.some((each) => each.id === monthsId(at) || isUnderWay(each))) return undefined;
    return [ofMonth(at, canaries.find(({ beganAt }) => beganAt !== undefined)?.beganAt), ...canaries];
  });
}

function isDue({ state, dueAt, lookAt = dueAt }: Canary, at: Date): boolean {
  if (state === 'running') return at.getTime() >= Date.parse(dueAt) + LOST_MS;
  return at.getTime() >= Date.parse(state === 'waiting' ? lookAt : dueAt);
}

async function goOn(context: DutyContext, canary: Canary, at: Date, ruleId: string): Promise<void> {
  switch (canary.state) {
    case 'scheduled':
      if (!isGoodMinute(at)) return change(context, canary, { ...canary, dueAt: dueFrom(at, undefined) });
      // First the calls: a crash between finds them begun, and writes it.
      await startCanary(context.client, instanceOf(canary), {
        canaryId: canary.id,
        policy: casePolicy(context.settings),
      });
      return change(context, canary, { ...canary, state: 'running' });
    case 'running':
      return change(context, canary, afterVain({ ...canary, detail: 'Its calls began and did not end.' }, at));
    case 'waiting':
      return look(context, canary, at, ruleId);
    default:
      return;
  }
}

async function look(context: DutyContext, canary: Canary, at: Date, ruleId: string): Promise<void> {
  const { vendors, settings, log } = context;
  // Alerts lie where the workspace is that was asked.
  const [, , subscriptionId = ''] = settings.AUDIT_WORKSPACE_RESOURCE_ID.split('/');
  const rule = { id: ruleId, name: ruleId.split('/').at(-1) ?? ruleId };
  const { items, failure } = await vendors.assessor.listFiredAlerts(subscriptionId, rule);
  const why = failure === undefined ? {} : { failure: failure.message };
  const next = afterLook(canary, { alerts: items, ...why }, at);
  const point = pointOf(next);
  // Before it is over: whatever dies in between, the number is entered.
  if (point !== undefined) await vendors.storage.enterMetrics([point]);
  await change(context, canary, next);
  if (!isUnderWay(next)) log.info('a canary is over', { canary: next.id, state: next.state, seconds: next.seconds });
}

/** Unless somebody else brought it further meanwhile. */
async function change({ vendors }: DutyContext, before: Canary, after: Canary): Promise<void> {
  await vendors.storage.changeCanaries((canaries) =>
    canaries.some((each) => isSame(each, before))
      ? canaries.map((each) => (isSame(each, before) ? after : each))
      : undefined,
  );
}

function isSame(one: Canary, other: Canary): boolean {
  return one.id === other.id && one.state === other.state && one.dueAt === other.dueAt;
}
