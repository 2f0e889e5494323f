import { gatewayPlan, policiesIn } from '../../support/gateway/gateway-plan.ts';
import { testGateway } from '../../support/gateway/test-gateway.ts';

export const gateway = testGateway(async () => {
  const [deployed, opened] = await Promise.all([
    gatewayPlan(),
    gatewayPlan({ allowed_origins: ['https://tools.contoso.example'] }),
  ]);
  const { policies, ...named } = policiesIn(deployed);
  return { policies: { ...policies, open: policiesIn(opened).policies.github ?? '' }, ...named };
});
export const { post: call } = gateway;
