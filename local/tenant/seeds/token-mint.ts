import { randomBytes } from 'node:crypto';
import {
  azureDevOpsChecksum,
  azureDevOpsLegacyToken,
  githubChecksum,
  LEGACY_SEEDS,
} from '../../../src/credentials/detector/checksums.ts';
import type { ForeignKind, PlantedKind, TokenMint } from './seed-context.ts';
import { WORLD } from './world.ts';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** What a mint draws from: the machine's own chance and clock, unless every run has to mint the same. */
export interface MintSource {
  readonly bytes: (count: number) => Buffer;
  readonly now: () => number;
}

/** A mint whose tokens are random, well formed and worthless. */
export function makeTokenMint(source: MintSource = { bytes: randomBytes, now: Date.now }): TokenMint {
  const minted: string[] = [];
  const remembered = (token: string): string => {
    minted.push(token);
    return token;
  };
  return {
    mint: (kind) => remembered(MAKERS[kind](source)),
    jwt: (claims) => remembered(jwt(source, claims)),
    sas: (signer) => remembered(sas(source, signer)),
    all: () => [...minted],
  };
}

const MAKERS: Readonly<Record<PlantedKind | ForeignKind, (source: MintSource) => string>> = {
  'github-classic': (source) => github(source, 'ghp_'),
  'github-oauth': (source) => github(source, 'gho_'),
  'github-fine-grained': (source) => `github_pat_${letters(source, 22)}_${letters(source, 59)}`,
  'github-installation': installation,
  'azure-devops': (source) => {
    const first80 = `${letters(source, 52)}JQQJ99CIACAAAAAAAAAAAAASAZDO`;
    return first80 + azureDevOpsChecksum(first80);
  },
  'azure-devops-legacy': ({ bytes }) => azureDevOpsLegacyToken(bytes(32), LEGACY_SEEDS.personal),
  'anthropic-oauth': (source) => `sk-ant-oat01-${letters(source, 40)}_${letters(source, 40)}-${letters(source, 13)}AA`,
  jwt: (source) =>
    jwt(source, {
      aud: 'https://management.azure.com',
      tid: WORLD.tenantId,
      oid: WORLD.leaver.oid,
      upn: WORLD.leaver.userPrincipalName,
      idtyp: 'user',
      exp: Math.floor(source.now() / 1000) + 3_600,
    }),
  npm: (source) => github(source, 'npm_'),
  'aws-access-key': ({ bytes }) => `AKIA${[...bytes(16)].map((byte) => BASE32.charAt(byte % 32)).join('')}`,
  openai: (source) => `sk-proj-${letters(source, 74)}T3BlbkFJ${letters(source, 74)}`,
  'entra-client-secret': (source) => `${letters(source, 3)}8Q~${letters(source, 34)}`,
  'github-refresh': (source) => github(source, 'ghr_', 70),
  'github-app-user': (source) => github(source, 'ghu_'),
  'entra-refresh': ({ bytes }) =>
    `1.A${bytes(60).toString('base64url')}.Ag${bytes(300).toString('base64url')}.A${bytes(80).toString('base64url')}`,
  // With the marker of newer ones, so that it is known without a name in front of it.
  'azure-storage-key': ({ bytes }) => {
    const key = bytes(64).toString('base64');
    return `${key.slice(0, 76)}+ASt${key.slice(80)}`;
  },
  'anthropic-api': (source) => `sk-ant-api03-${letters(source, 93)}AA`,
  gitlab: (source) => `glpat-${letters(source, 20)}`,
  slack: (source) => `xoxb-${digits(source, 12)}-${digits(source, 12)}-${letters(source, 24)}`,
  'docker-hub': (source) => `dckr_pat_${letters(source, 27)}`,
  pypi: (source) => `pypi-AgEIcHlwaS5vcmc${letters(source, 140)}`,
  terraform: (source) => `${letters(source, 14)}.atlasv1.${letters(source, 67)}`,
  atlassian: (source) => `ATATT3${letters(source, 178)}=${letters(source, 7)}`,
  'hugging-face': ({ bytes }) => `hf_${[...bytes(34)].map((byte) => BASE62.charAt(10 + (byte % 52))).join('')}`,
  'private-key': ({ bytes }) => {
    const lines =
      bytes(1_200)
        .toString('base64')
        .match(/.{1,70}/g) ?? [];
    return ['-----BEGIN OPENSSH PRIVATE KEY-----', ...lines, '-----END OPENSSH PRIVATE KEY-----'].join('\n');
  },
};

function sas(source: MintSource, signer: Readonly<Record<string, string>>): string {
  const se = new Date(source.now() + 86_400_000).toISOString();
  const sig = source.bytes(32).toString('base64');
  return `https://store.blob.example/c?${new URLSearchParams({ sv: '2024-11-04', ...signer, sp: 'r', sr: 'c', se, sig })}`;
}

function github(source: MintSource, prefix: string, length = 30): string {
  const entropy = letters(source, length);
  return prefix + entropy + githubChecksum(entropy);
}

/** An installation token as issued since 2026: a JWT behind the app's id, 520 characters long. */
function installation(source: MintSource): string {
  const signature = source.bytes(256).toString('base64url');
  const header = base64url({ alg: 'RS256', typ: 'JWT' });
  const prefix = `ghs_${WORLD.github.appId}_`;
  const room = 520 - prefix.length - header.length - signature.length - 2;
  const claims = { iss: WORLD.github.appId, iat: Math.floor(source.now() / 1000), jti: '' };
  const bytes = Math.floor((room * 3) / 4) - JSON.stringify(claims).length;
  return `${prefix}${header}.${base64url({ ...claims, jti: letters(source, Math.max(bytes, 8)) })}.${signature}`;
}

function jwt(source: MintSource, claims: Readonly<Record<string, unknown>>): string {
  const header = base64url({ typ: 'JWT', alg: 'RS256', kid: letters(source, 27) });
  return `${header}.${base64url(claims)}.${source.bytes(256).toString('base64url')}`;
}

function base64url(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function digits({ bytes }: MintSource, count: number): string {
  return [...bytes(count)].map((byte) => byte % 10).join('');
}

function letters({ bytes }: MintSource, count: number): string {
  return [...bytes(count)].map((byte) => BASE62.charAt(byte % BASE62.length)).join('');
}
