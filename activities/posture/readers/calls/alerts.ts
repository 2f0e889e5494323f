import { isCanary } from '../../../../src/cases/denied/canary.ts';
import type { FoundAlerting, FoundRule } from '../../../../src/connectors/assessor/alerts/alert-rules.ts';
import type { FiredAlert } from '../../../../src/connectors/assessor/alerts/fired-alerts.ts';
import { mapBounded } from '../../../../src/connectors/map-bounded.ts';
import type { VendorFailure } from '../../../../src/connectors/result.ts';
import { queryText } from '../../../../src/kql.ts';
import {
  type Detection,
  lookingBack,
  type RuleText,
  recogniseRule,
  tellingCrossings,
} from '../../../../src/posture/alerts/rule-text.ts';
import type { Alert, AlertRule, Hit } from '../../../../src/posture/readings/calls/alerts.ts';
import { factsOfGroup, factsOfRule, queryOf, removesActions } from '../../alert-rule-facts.ts';
import type { Reader, ReadFault } from '../../reader.ts';
import { hitsOf } from '../../rule-hits.ts';

const DAY_MS = 86_400_000;
/** As far as Azure keeps alerts. */
const DAYS = 30;
const RULES_AT_ONCE = 2;

type Context = Parameters<Reader>[0];

/** Rules over the audit log, whom they tell, and what those found and told that are the released ones. */
export const readAlerts: Reader = async (context) => {
  const { vendors, settings } = context;
  const workspace = settings.AUDIT_WORKSPACE_RESOURCE_ID.toLowerCase();
  const ofWorkspace = workspace.split('/')[2] ?? '';
  // Alerts lie where the workspace is, rules may lie in any subscription.
  const subscriptions = [...new Set([ofWorkspace, ...settings.SUBSCRIPTION_IDS.map((id) => id.toLowerCase())])];
  const listed = await Promise.all(
    subscriptions.map(async (which) => ({ which, ...(await vendors.assessor.listAlerting(which)) })),
  );
  const rules = await mapBounded(
    listed.flatMap((each) => each.rules.items).filter((rule) => !seesCanariesAlone(rule)),
    RULES_AT_ONCE,
    (rule) => readRule(context, rule, workspace, ofWorkspace),
  );
  const complete = (kind: keyof FoundAlerting): boolean => listed.every((each) => each[kind].failure === undefined);
  return {
    facts: {
      workspace,
      timeZone: settings.BUSINESS_TIME_ZONE,
      rules: { complete: complete('rules'), list: rules.map(({ facts }) => facts) },
      groups: { complete: complete('groups'), list: listed.flatMap((each) => each.groups.items.map(factsOfGroup)) },
      processing: {
        complete: complete('processing'),
        list: listed.flatMap((each) => each.processing.items.flatMap((found) => removesActions(found) ?? [])),
      },
    },
    failures: [
      ...listed.flatMap(({ which, rules: r, groups, processing }) =>
        [r, groups, processing].flatMap(({ failure }) => (failure === undefined ? [] : [{ which, failure }])),
      ),
      ...rules.flatMap(({ failures }) => failures),
    ],
  };
};

const released = (): Readonly<Record<Detection, string>> => ({
  'file-system-volume': queryText('file-system-volume.kql'),
  'out-of-hours-writes': queryText('out-of-hours-writes.kql'),
  'repeated-403': queryText('repeated-403.kql'),
});

/** The other rules of infra/modules/audit over the audit log, which are meant for something else. */
const others = (): string[] =>
  (['after-departure-watch.kql', 'pipeline-silence.kql', 'repeated-401.kql'] as const).map(queryText);

/** The rule that tries the detection: it tells nobody, and stands for none that does. */
function seesCanariesAlone(found: FoundRule): boolean {
  const query = queryOf(found);
  const servers = query === undefined ? undefined : recogniseRule(query, released())?.values.servers;
  return Array.isArray(servers) && servers.length > 0 && servers.every((each: string) => isCanary(each));
}

interface ReadRule {
  readonly facts: AlertRule;
  readonly failures: readonly ReadFault[];
}

async function readRule(
  context: Context,
  found: FoundRule,
  workspace: string,
  subscriptionId: string,
): Promise<ReadRule> {
  const query = queryOf(found);
  const text = query === undefined ? undefined : recogniseRule(query, released());
  const facts = factsOfRule(found, text, { workspace, others: others() });
  const none = { complete: true, list: [] };
  // What is not released is not run: it may ask for anything.
  if (query === undefined || text === undefined || !facts.enabled || !facts.onWorkspace) {
    return { facts: { ...facts, alerts: none }, failures: [] };
  }
  const [hits, alerts] = await Promise.all([
    replayed(context, found, query, text),
    context.vendors.assessor.listFiredAlerts(subscriptionId, found),
  ]);
  const failures = [...hits.failures, ...(alerts.failure === undefined ? [] : [alerts.failure])];
  return {
    facts: {
      ...facts,
      ...(hits.found === undefined ? {} : { hits: hits.found }),
      alerts: { complete: alerts.failure === undefined, list: alerts.items.map(withoutTheRest) },
    },
    failures: failures.map((failure) => ({ which: found.name, failure })),
  };
}

/** What the rule’s own text finds in all of the thirty days, in one question. */
async function replayed(
  { vendors, now }: Context,
  { name }: FoundRule,
  query: string,
  { detection }: RuleText,
): Promise<{ readonly found?: Hit[]; readonly failures: readonly VendorFailure[] }> {
  const to = now();
  const answer = await vendors.assessor.runDetection({
    what: `what the rule ${name} finds`,
    text: tellingCrossings(lookingBack(query, DAYS)),
    // A little more, because a window of the rule may begin before.
    from: new Date(to.getTime() - (DAYS + 2) * DAY_MS),
    to,
  });
  if (!answer.ok) return { failures: [answer.failure] };
  const { value, partial } = answer.value;
  const hits = hitsOf(detection, value);
  const failures: VendorFailure[] = [];
  if (partial !== undefined) failures.push({ kind: 'incomplete', status: 200, message: partial });
  if (hits.unreadable > 0) {
    const message = `${hits.unreadable} rows of what the rule ${name} finds are in a shape that cannot be read.`;
    failures.push({ kind: 'incomplete', status: 200, message });
  }
  return { found: hits.hits, failures };
}

/** Of what an alert is about, what tells it apart from others; no name of a person. */
const KEPT = ['caller', 'hour', 'night', 'server', 'since'];

function withoutTheRest({ dimensions, ...alert }: FiredAlert): Alert {
  if (dimensions === undefined) return alert;
  const kept = Object.entries(dimensions).filter(([name]) => KEPT.includes(name));
  return { ...alert, dimensions: Object.fromEntries(kept) };
}
