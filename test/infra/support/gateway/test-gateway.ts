import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { gatewayPlan, policiesIn } from './gateway-plan.ts';
import {
  type DeployedPolicies,
  type GatewayOutcome,
  type GatewayRequest,
  type SimulatedGateway,
  startGateway,
  type Token,
} from './simulated-gateway.ts';

/** The gateway of one test file: started before its first test, closed after its last. */
export interface TestGateway {
  call(request: GatewayRequest): Promise<GatewayOutcome>;
  parseLeniently(text: string): Promise<string | null>;
  /** Posts a body to a server. */
  post(token: Token | undefined, body: string, policy?: string): Promise<GatewayOutcome>;
}

/** By default with the policies that the module deploys where nothing is set. */
export function testGateway(
  deployed: () => Promise<DeployedPolicies> = async () => policiesIn(await gatewayPlan()),
): TestGateway {
  let started: SimulatedGateway | undefined;
  before(async () => {
    started = await startGateway(await deployed());
  });
  after(() => started?.close());
  const running = (): SimulatedGateway => started ?? assert.fail('the gateway runs while tests do');
  const call = (request: GatewayRequest): Promise<GatewayOutcome> => running().call(request);
  const parseLeniently = (text: string): Promise<string | null> => running().parseLeniently(text);
  return {
    call,
    parseLeniently,
    post: (token, body, policy = 'github') => call({ policy, body, ...(token && { token }) }),
  };
}
