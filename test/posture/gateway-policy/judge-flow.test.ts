import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FlowWorth, worthOfFlow } from '../../../src/posture/gateway-policy/judge-flow.ts';
import type { Expected } from '../../../src/posture/gateway-policy/judge-token-check.ts';
import type { FlowFacts } from '../../../src/posture/gateway-policy/read-flow.ts';
import { AUDIENCE, flow, TENANT, tokenCheck } from '../support/made-gateway.ts';

const OTHER = 'f0000000-0000-4000-8000-00000000000f';
const EXPECTED: Expected = { tenantId: TENANT, audiences: [AUDIENCE], audiencesAreAll: true };
const step = (kind: FlowFacts['steps'][number]['kind'], at: number, more: object = {}) => ({
  kind,
  at,
  conditional: false,
  ...more,
});
const right = tokenCheck({ at: 5 });
const FLOWS: readonly (readonly [string, Partial<FlowFacts>, worth: string])[] = [
  ['a check, then it forwards', { checks: [right], steps: [step('forwards', 6)] }, 'guarded'],
  ['no check', { checks: [] }, 'no-token-check'],
  ['a check in a branch', { checks: [tokenCheck({ conditional: true })] }, 'unclear'],
  ['a check in a branch, and one for all', { checks: [tokenCheck({ conditional: true }), right] }, 'guarded'],
  ['a wrong check', { checks: [tokenCheck({ audiences: [OTHER] })] }, 'check-other-audience'],
  ['a check that nobody understands', { checks: [tokenCheck({ token: 'the address' })] }, 'unclear'],
  ['it forwards before the check', { checks: [right], steps: [step('forwards', 3)] }, 'forwards-before-check'],
  ['it forwards on an error', { checks: [right], onError: ['forwards'] }, 'forwards-on-error'],
  [
    'it writes the header first',
    { checks: [right], steps: [step('writes-header', 3, { header: 'authorization' })] },
    'token-overwritten',
  ],
  [
    'it writes it in a branch',
    { checks: [right], steps: [step('writes-header', 3, { header: 'authorization', conditional: true })] },
    'unclear',
  ],
  ['it writes some header', { checks: [right], steps: [step('writes-header', 3, { header: '*' })] }, 'unclear'],
  [
    'it writes the header behind the check',
    { checks: [right], steps: [step('writes-header', 7, { header: 'authorization' })] },
    'guarded',
  ],
  [
    'it writes another header',
    { checks: [right], steps: [step('writes-header', 3, { header: 'x-trace' })] },
    'guarded',
  ],
  ['it sends a copy away first', { checks: [right], steps: [step('copies', 3)] }, 'unclear'],
  ['it may answer from a cache first', { checks: [right], steps: [step('answers-from-cache', 3)] }, 'unclear'],
  ['it answers errors from elsewhere', { checks: [right], onError: ['answers-from-elsewhere'] }, 'unclear'],
  ['it answers by itself', { forwards: false, checks: [] }, 'closed'],
  [
    'it answers what another address says',
    { forwards: false, checks: [], steps: [step('answers-from-elsewhere', 2)] },
    'unclear',
  ],
  ['something of it is not understood', { checks: [right], unread: ['It holds x.'] }, 'unclear'],
  ['something of it was not read', { checks: [right], incomplete: true }, 'unread'],
  ['nothing of it was read', { checks: [], incomplete: true }, 'unread'],
  ['no check, and something that is not understood', { checks: [], unread: ['It holds x.'] }, 'unclear'],
  ['it forwards with the check', { checks: [right], steps: [step('forwards', 5)] }, 'guarded'],
  [
    'it writes a header and forwards before the check',
    { checks: [right], steps: [step('writes-header', 2, { header: 'x-trace' }), step('forwards', 3)] },
    'forwards-before-check',
  ],
  [
    'it writes a header whose name holds another’s',
    {
      checks: [right],
      steps: [
        step('writes-header', 2, { header: 'proxy-authorization' }),
        step('writes-header', 3, { header: 'authorization-x' }),
        step('writes-header', 4),
      ],
    },
    'guarded',
  ],
  [
    'it writes the header for all, and some header in a branch',
    {
      checks: [right],
      steps: [
        step('writes-header', 2, { header: 'authorization' }),
        step('writes-header', 3, { header: '*', conditional: true }),
      ],
    },
    'token-overwritten',
  ],
  [
    'it writes the header and answers by itself',
    { forwards: false, checks: [], steps: [step('writes-header', 3, { header: 'authorization' })] },
    'closed',
  ],
  [
    'it forwards what a branch checks wrongly',
    { checks: [tokenCheck({ conditional: true, audiences: [OTHER] })] },
    'check-other-audience',
  ],
  [
    'a wrong check, and one that nobody understands',
    { checks: [tokenCheck({ audiences: [OTHER] }), tokenCheck({ token: 'the address' })] },
    'unclear',
  ],
  ['it answers by itself, as far as it was read', { forwards: false, checks: [], incomplete: true }, 'unread'],
];
for (const [what, more, expected] of FLOWS) {
  test(`a way on which ${what}: ${expected}`, () => {
    const worth: FlowWorth = worthOfFlow(flow(more), EXPECTED);
    assert.equal(worth.is === 'open' ? worth.reason : worth.is, expected);
  });
}

test('what the app cannot judge of a way is said in a sentence of its own', () => {
  const says: readonly (readonly [Partial<FlowFacts>, says: string])[] = [
    [{ checks: [], unread: ['It holds x.'] }, 'It holds x.'],
    [
      { checks: [tokenCheck({ token: 'the address' })] },
      'The token comes from the address, and not from the header Authorization.',
    ],
    [
      { checks: [tokenCheck({ conditional: true })] },
      'Its validate-azure-ad-token stands in a branch: when it runs, the app cannot tell.',
    ],
    [
      { checks: [right], steps: [step('copies', 3)] },
      'Before it looks at the token it sends a copy of the request elsewhere.',
    ],
    [
      { checks: [right], steps: [step('answers-from-cache', 3)] },
      'It may answer from a cache before it looks at the token.',
    ],
    [
      {
        checks: [right],
        steps: [step('writes-header', 1, { header: 'x' }), step('copies', 3)],
        onError: ['answers-from-elsewhere'],
      },
      'Before it looks at the token it sends a copy of the request elsewhere.',
    ],
    [
      { checks: [right], onError: ['answers-from-elsewhere'] },
      'It may answer with what another address says, without a check of the token.',
    ],
    [
      { checks: [right], steps: [step('writes-header', 3, { header: '*' })] },
      'It may write the header Authorization before it looks at the token in it.',
    ],
  ];
  for (const [more, expected] of says)
    assert.deepEqual(worthOfFlow(flow(more), EXPECTED), { is: 'unclear', says: expected });
});
