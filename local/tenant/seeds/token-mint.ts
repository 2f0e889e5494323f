import { randomBytes, randomInt } from 'node:crypto';
import {
  azureDevOpsChecksum,
  azureDevOpsLegacyToken,
  githubChecksum,
  LEGACY_SEEDS,
} from '../../../src/domain/tokens/checksums.ts';
import type { PlantedKind, TokenMint } from './seed-context.ts';
import { WORLD } from './world.ts';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A mint whose tokens are random, well formed and worthless. */
export function makeTokenMint(): TokenMint {
  const minted: string[] = [];
  return {
    mint: (kind) => {
      const token = MAKERS[kind]();
      minted.push(token);
      return token;
    },
    all: () => [...minted],
  };
}

const MAKERS: Readonly<Record<PlantedKind, () => string>> = {
  'github-classic': () => github('ghp_'),
  'github-oauth': () => github('gho_'),
  'github-fine-grained': () => `github_pat_${letters(22)}_${letters(59)}`,
  'github-installation': installation,
  'azure-devops': () => {
    const first80 = `${letters(52)}JQQJ99CIACAAAAAAAAAAAAASAZDO`;
    return first80 + azureDevOpsChecksum(first80);
  },
  'azure-devops-legacy': () => azureDevOpsLegacyToken(randomBytes(32), LEGACY_SEEDS.personal),
  'anthropic-oauth': () => `sk-ant-oat01-${letters(40)}_${letters(40)}-${letters(13)}AA`,
  jwt: () =>
    jwt({
      aud: 'https://management.azure.com',
      tid: WORLD.tenantId,
      oid: WORLD.leaver.oid,
      upn: WORLD.leaver.userPrincipalName,
      idtyp: 'user',
      exp: Math.floor(Date.now() / 1000) + 3_600,
    }),
};

function github(prefix: string): string {
  const entropy = letters(30);
  return prefix + entropy + githubChecksum(entropy);
}

/** An installation token as issued since 2026: a JWT behind the app's id, 520 characters long. */
function installation(): string {
  const signature = randomBytes(256).toString('base64url');
  const header = base64url({ alg: 'RS256', typ: 'JWT' });
  const prefix = `ghs_${WORLD.github.appId}_`;
  const room = 520 - prefix.length - header.length - signature.length - 2;
  const claims = { iss: WORLD.github.appId, iat: Math.floor(Date.now() / 1000), jti: '' };
  const bytes = Math.floor((room * 3) / 4) - JSON.stringify(claims).length;
  return `${prefix}${header}.${base64url({ ...claims, jti: letters(Math.max(bytes, 8)) })}.${signature}`;
}

function jwt(claims: Readonly<Record<string, unknown>>): string {
  const header = base64url({ typ: 'JWT', alg: 'RS256', kid: letters(27) });
  return `${header}.${base64url(claims)}.${randomBytes(256).toString('base64url')}`;
}

function base64url(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function letters(count: number): string {
  return Array.from({ length: count }, () => BASE62.charAt(randomInt(62))).join('');
}
