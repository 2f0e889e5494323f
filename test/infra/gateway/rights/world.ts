import { gatewayPlan, policiesIn, WRITE_ROLE } from '../../support/gateway/gateway-plan.ts';
import { testGateway } from '../../support/gateway/test-gateway.ts';

export const CANARY = 'ca0a0000-0001-4000-8000-000000000001';

export const gateway = testGateway(async () => {
  const [deployed, withWriters] = await Promise.all([
    gatewayPlan({ canary: { principal_id: CANARY.toUpperCase() } }),
    gatewayPlan({ write_role: WRITE_ROLE }),
  ]);
  const { policies, ...named } = policiesIn(deployed);
  const writers = policiesIn(withWriters).policies;
  return { policies: { ...policies, 'github-with-writers': writers.github ?? '' }, ...named };
});
export const { post: call } = gateway;
