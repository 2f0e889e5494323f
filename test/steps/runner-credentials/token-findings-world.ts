import { makeTokenMint } from '../../../local/tenant/seeds/token-mint.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { findTokens } from '../../../src/credentials/detector/detect-tokens.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { variableState } from '../../../src/steps/runner-credentials/remedies/github/delete-variable.ts';
import {
  variablePlace,
  workflowPlace,
} from '../../../src/steps/runner-credentials/rules/github/tokens/token-places.ts';
import { judgeTokens } from '../../../src/steps/runner-credentials/rules/tokens/token-findings.ts';
import type { TokenPlace } from '../../../src/steps/runner-credentials/rules/tokens/token-place.ts';

export const mint = makeTokenMint();
export const oid = WORLD.leaver.oid as Oid;
const { tenantId } = WORLD;
export const iss = `https://login.microsoftonline.com/${tenantId}/v2.0`;
export const leaver = { oid, userPrincipalName: 'alex.moreau@corp.example', github: [], devops: [] };
export const known = { leaver, tenantId, credentials: [] };
export const now = new Date('2026-03-18T10:00:00Z');

export const scope = { type: 'repository', organisation: 'acme', repository: 'api' } as const;
export const variable = (name = 'TOKEN'): TokenPlace =>
  variablePlace(scope, { name, expected: variableState('') }, 'https://api.github.example');
export const file = workflowPlace(
  { organisation: 'acme', repository: 'api', path: 'ci.yml' },
  'https://api.github.example',
);
export const judgedIn = (text: string, place = variable()) => judgeTokens('acme', place, findTokens(text), known, now);
export const findingsIn = (text: string, place = variable()) => judgedIn(text, place).findings;
