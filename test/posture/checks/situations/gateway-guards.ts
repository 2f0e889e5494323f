import { makeArm, seedArm } from '../../../../local/tenant/arm/vendor.ts';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import { gatewayGuards } from '../../../../src/posture/checks/gateway-guards.ts';
import { startApp } from '../../../support/apps/start-app.ts';
import { seedContext } from '../../../support/seed-context.ts';
import { checked, told } from '../../support/checked.ts';
import { gatewayOf, policy, TO_SERVER, tokenCheck, when } from '../../support/gateway.ts';
import { reset, startFront } from '../../support/gateway-front.ts';
import { seedLocalNetwork } from '../../support/local-network.ts';

export const arm = seedArm(seedContext());
export const app = await startApp({ vendors: (core) => [makeArm(core, arm)] });
export const front = await startFront();

export const gateway = gatewayOf(arm);
/** Nothing listens there. */
export const CLOSED = 'http://127.0.0.1:1';

export const beginAnew = () => {
  gateway.clear();
  gateway.backend('mcp-server', CLOSED);
  seedLocalNetwork(arm);
  reset(front);
};

export const SETTINGS = { GATEWAY_URL: front.url, GATEWAY_AUDIENCES: [WORLD.gateway.appId] };
export const outcome = async (settings: Partial<typeof app.config> = SETTINGS): Promise<string> =>
  told(await checked(app, gatewayGuards, settings));

export const GUARD = tokenCheck();
export const guarded = (before: string = '', behind: string = ''): string =>
  policy(`<base />${before}${GUARD}${behind}${TO_SERVER}`);
const SEND =
  '<send-request mode="new" response-variable-name="seen"><set-url>https://x.example</set-url></send-request>';
export const RETURN = '<return-response><set-status code="403" reason="No" /></return-response>';
const FORWARD = '<forward-request />';
const POST = 'context.Request.Method == "POST"';

/** One API each, with one policy of its own: all are judged at once, `a` stands for its name. */
export const POLICIES: readonly (readonly [situation: string, text: string, said: string])[] = [
  ['a check of the token before anything else', guarded(), 'pass'],
  [
    'Entra’s own check',
    policy(
      `<validate-azure-ad-token tenant-id="${WORLD.tenantId.toUpperCase()}"><audiences><audience>api://${WORLD.gateway.appId}</audience></audiences></validate-azure-ad-token>${TO_SERVER}`,
    ),
    'pass',
  ],
  ['no check', policy(TO_SERVER), 'fail: no-token-check a'],
  ['inside <when>', policy(`${when(POST, GUARD)}${TO_SERVER}`), 'unknown: unreadable'],
  ['one in each branch', policy(`${when(POST, GUARD, GUARD)}${TO_SERVER}`), 'unknown: unreadable'],
  ['two checks, one in a branch', guarded(when(POST, tokenCheck({ issuer: 'https://other.example' }))), 'pass'],
  ['a check in a comment', policy(`<!-- ${GUARD} -->${TO_SERVER}`), 'fail: no-token-check a'],
  ['a check in CDATA', policy(`<trace source="a"><![CDATA[${GUARD}]]></trace>${TO_SERVER}`), 'fail: no-token-check a'],
  [
    'a check in a text of C#',
    policy(`<set-variable name="x" value="@("<validate-jwt />" /* ) */)" />${TO_SERVER}`),
    'fail: no-token-check a',
  ],
  ['a comment that begins in a text of C#', guarded('<set-variable name="x" value="@("<!--")" />'), 'pass'],
  ['an expression behind a comment', guarded('<set-body><!-- x -->@("<base />")</set-body>'), 'unknown: unreadable'],
  ['an expression that is not closed', guarded('<set-variable name="x" value="@((1)" />'), 'unknown: unreadable'],
  ['what is no XML', '<policies><inbound>', 'unknown: unreadable'],
  ['an answer before the check', guarded(when(POST, RETURN)), 'pass'],
  ['a question elsewhere before the check', guarded(SEND), 'pass'],
  ['an answer from elsewhere before the check', guarded(`${SEND}${when(POST, RETURN)}`), 'unknown: unreadable'],
  ['a copy of the request before the check', guarded(SEND.replace('"new"', '"copy"')), 'unknown: unreadable'],
  ['an answer from a cache before the check', guarded('<cache-lookup />'), 'unknown: unreadable'],
  ['an answer from a cache behind it', guarded('', '<cache-lookup />'), 'pass'],
  ['forwarding before the check', guarded(FORWARD), 'fail: forwards-before-check a'],
  [
    'another server, which the backend section names',
    guarded().replace(
      '<backend><base /></backend>',
      `<backend><set-backend-service base-url="http://10.9.9.9:8080" />${FORWARD}</backend>`,
    ),
    'unknown: no-data',
  ],
  [
    'a fragment in the backend section that is not there',
    guarded().replace(
      '<backend><base /></backend>',
      `<backend><include-fragment fragment-id="gone" />${FORWARD}</backend>`,
    ),
    'unknown: unreadable',
  ],
  ['forwarding before the check, in a branch', guarded(when(POST, FORWARD)), 'fail: forwards-before-check a'],
  [
    'on-error forwarding',
    policy(`${GUARD}${TO_SERVER}`, { onError: when('context.Response.StatusCode == 401', FORWARD) }),
    'fail: forwards-on-error a',
  ],
  [
    'on-error answers from elsewhere',
    policy(`${GUARD}${TO_SERVER}`, { onError: `${SEND}<set-body>@("x")</set-body>` }),
    'unknown: unreadable',
  ],
  [
    'another tenant’s issuer',
    policy(tokenCheck({ issuer: 'https://sts.windows.net/x/' })),
    'fail: check-other-issuer a',
  ],
  [
    'this tenant’s issuer and a stranger’s keys',
    policy(tokenCheck({ configuration: 'https://login.example/x' })),
    'fail: check-other-issuer a',
  ],
  [
    'keys of no one tenant',
    policy(
      `${tokenCheck({ configuration: 'https://login.microsoftonline.com/common/v2.0/.well-known/x' })}${TO_SERVER}`,
    ),
    'unknown: unreadable',
  ],
  ['another audience', policy(tokenCheck({ audience: 'https://graph.microsoft.com' })), 'fail: check-other-audience a'],
  [
    'tokens without a signature',
    policy(tokenCheck({ attributes: 'header-name="Authorization" require-signed-tokens="false"' })),
    'fail: check-weak a',
  ],
  [
    'tokens that expired a year ago',
    policy(tokenCheck({ attributes: 'header-name="Authorization" clock-skew="31536000"' })),
    'fail: check-weak a',
  ],
  [
    'how long ago, an expression says',
    policy(`${tokenCheck({ attributes: 'header-name="Authorization" clock-skew="@(9000)"' })}${TO_SERVER}`),
    'unknown: unreadable',
  ],
  [
    'keys in the policy',
    policy(tokenCheck({ more: '<issuer-signing-keys><key>e30=</key></issuer-signing-keys>' })),
    'fail: check-weak a',
  ],
  [
    'an issuer by expression',
    policy(`${tokenCheck({ issuer: '@((string)context.Variables["issuer"])' })}${TO_SERVER}`),
    'unknown: unreadable',
  ],
  [
    'a token of the gateway’s own',
    guarded('<authentication-managed-identity resource="api://gateway" />'),
    'fail: token-overwritten a',
  ],
  [
    'a token that is put in where there is none',
    guarded('<set-header name="AUTHORIZATION" exists-action="skip"><value>x</value></set-header>'),
    'fail: token-overwritten a',
  ],
  [
    'a token from elsewhere',
    policy(`${tokenCheck({ attributes: 'token-value="@((string)context.Variables["t"])"' })}${TO_SERVER}`),
    'unknown: unreadable',
  ],
  ['a fragment that is not there', guarded('<include-fragment fragment-id="none" />'), 'unknown: unreadable'],
  ['a named value among policies', guarded('{{secret-policies}}'), 'unknown: unreadable'],
  ['an element that holds policies and is not known', guarded(`<later>${RETURN}</later>`), 'unknown: unreadable'],
];
