import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { detectTokens } from '../../../src/credentials/detector/detect-tokens.ts';
import type { TokenType } from '../../../src/credentials/detector/token-hit.ts';

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const LETTERS = LOWER + LOWER.toUpperCase();
const BASE62 = `${LETTERS}0123456789`;
const URL_SAFE = `${BASE62}-_`;

function of(alphabet: string, length: number): string {
  return [...randomBytes(length)].map((byte) => alphabet.charAt(byte % alphabet.length)).join('');
}

/**
 * What other scanners publish of these vendors: prefix, letters and length.
 * Source: github.com/gitleaks/gitleaks, config/gitleaks.toml
 */
const SHAPES: readonly (readonly [type: TokenType, make: () => string])[] = [
  ['github-classic', () => `ghp_${of(BASE62, 36)}`],
  ['github-oauth', () => `gho_${of(BASE62, 36)}`],
  ['github-app-user', () => `ghu_${of(BASE62, 36)}`],
  ['github-installation', () => `ghs_${of(BASE62, 36)}`],
  ['github-fine-grained', () => `github_pat_${of(`${BASE62}_`, 82)}`],
  ['entra-client-secret', () => `${of(BASE62, 3)}8Q~${of(URL_SAFE, 34)}`],
  ['npm', () => `npm_${of(BASE62, 36)}`],
  ['aws-access-key', () => `AKIA${of(`${LOWER.toUpperCase()}234567`, 16)}`],
  ['aws-access-key', () => `ACCA${of(`${LOWER.toUpperCase()}234567`, 16)}`],
  ['anthropic-api', () => `sk-ant-api03-${of(URL_SAFE, 93)}AA`],
  ['anthropic-api', () => `sk-ant-admin01-${of(URL_SAFE, 93)}AA`],
  ['openai', () => `sk-${of(BASE62, 20)}T3BlbkFJ${of(BASE62, 20)}`],
  ['openai', () => `sk-proj-${of(URL_SAFE, 74)}T3BlbkFJ${of(URL_SAFE, 74)}`],
  ['openai', () => `sk-svcacct-${of(URL_SAFE, 58)}T3BlbkFJ${of(URL_SAFE, 58)}`],
  ['gitlab', () => `glpat-${of(URL_SAFE, 20)}`],
  ['gitlab', () => `glpat-${of(URL_SAFE, 27)}.${of(`${LOWER}0123456789`, 9)}`],
  ['gitlab', () => `glcbt-${of(BASE62, 3)}_${of(URL_SAFE, 20)}`],
  ['gitlab', () => `glagent-${of(URL_SAFE, 50)}`],
  ['gitlab', () => `gloas-${of(URL_SAFE, 64)}`],
  ['gitlab', () => `glptt-${of('0123456789abcdef', 40)}`],
  ['gitlab', () => `glrt-${of(URL_SAFE, 20)}`],
  ['gitlab', () => `GR1348941${of(URL_SAFE, 20)}`],
  ['slack', () => `xoxb-${of('0123456789', 12)}-${of('0123456789', 12)}-${of(BASE62, 24)}`],
  ['slack', () => `xoxp-${of('0123456789', 11)}-${of('0123456789', 11)}-${of('0123456789', 12)}-${of(BASE62, 32)}`],
  ['slack', () => `xoxe-1-${of(`${LOWER.toUpperCase()}0123456789`, 146)}`],
  ['slack', () => `xapp-1-${of(BASE62, 11)}-${of('0123456789', 12)}-${of(BASE62, 64)}`],
  ['slack', () => `https://hooks.slack.com/services/${of(BASE62, 9)}/${of(BASE62, 10)}/${of(BASE62, 24)}`],
  ['pypi', () => `pypi-AgEIcHlwaS5vcmc${of(URL_SAFE, 100)}`],
  ['terraform', () => `${of(BASE62, 14)}.atlasv1.${of(URL_SAFE, 64)}`],
  ['atlassian', () => `ATATT3${of(URL_SAFE, 186)}`],
  ['hugging-face', () => `hf_${of(LETTERS, 34)}`],
  ['hugging-face', () => `api_org_${of(LETTERS, 34)}`],
];

test('every shape that another scanner publishes for these vendors is met, with its type and in its whole length', () => {
  for (const [type, make] of SHAPES) {
    const value = make();
    const text = `TOKEN: "${value}"\n`;
    const [hit] = detectTokens(text).filter((each) => each.type === type);
    assert.ok(hit !== undefined, `${type} of ${value.length} characters`);
    assert.equal(hit.end, text.indexOf('"\n'), type);
  }
});
