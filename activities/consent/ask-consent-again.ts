import { coverageOf, NOTHING_READ } from '../../src/cases/coverage/coverage-of.ts';
import { StepPartRefSchema } from '../../src/cases/step-result.ts';
import type { Config } from '../../src/config.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import { defineActivity } from '../../src/durable/activity.ts';
import type { Leaver } from '../../src/people/leaver.ts';
import { assignmentFindings } from '../../src/steps/consent/rules/assignment-findings.ts';
import { grantFindings } from '../../src/steps/consent/rules/grant-findings.ts';
import type { Found } from '../case/found.ts';
import { AskAgainSchema, askedAgain, fileAskedAgain } from '../verification/asked-again.ts';

/** Whether a consent or a role of the leaver's own reaches the gateway after the cut. Names are left as ids. */
export const askConsentAgain = defineActivity(
  'askConsentAgain',
  { input: AskAgainSchema, output: StepPartRefSchema },
  (input, { vendors, settings }) => fileAskedAgain(vendors, input, () => ask(vendors, settings, input.leaver)),
);

const SOURCE = askedAgain('grants');

async function ask(
  vendors: Pick<Vendors, 'graph'>,
  settings: Pick<Config, 'GATEWAY_APP_ID'>,
  leaver: Leaver,
): Promise<Found> {
  const gateway = await vendors.graph.findServicePrincipal(settings.GATEWAY_APP_ID);
  if (!gateway.ok) {
    const coverage = [coverageOf(SOURCE, NOTHING_READ, [gateway.failure])];
    return { findings: [], coverage, failures: [gateway.failure] };
  }
  const { id } = gateway.value;
  const [toGateway, behindGateway, assigned] = await Promise.all([
    vendors.graph.listGrants('resourceId', id),
    vendors.graph.listGrants('clientId', id),
    vendors.graph.listAssignedTo(id),
  ]);
  const roles = new Map(gateway.value.appRoles?.map((role) => [role.id, role.value ?? role.id]));
  const own = assigned.items.filter(({ principalType }) => principalType === 'User');
  const assignments = {
    onGateway: own,
    groupsOfLeaver: undefined,
    roleName: (role: string) => roles.get(role) ?? 'default access',
  };
  const failures = [toGateway, behindGateway, assigned].map(({ failure }) => failure);
  const count = toGateway.items.length + behindGateway.items.length + assigned.items.length;
  return {
    findings: [
      ...grantFindings([...toGateway.items, ...behindGateway.items], leaver, id, { of: (name) => name }),
      ...assignmentFindings(assignments, leaver),
    ],
    coverage: [coverageOf(SOURCE, { count, unit: 'grants and assignments' }, failures)],
    failures,
  };
}
