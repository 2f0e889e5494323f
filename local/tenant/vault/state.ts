import type { KeyObject } from 'node:crypto';
import { type Collection, collection } from '../core/collection.ts';
import type { SeedContext } from '../seeds/seed-context.ts';
import { githubAppKey } from './app-key.ts';

export interface VaultKey {
  readonly name: string;
  /** 32 hex digits, as Key Vault names versions. */
  readonly version: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  enabled: boolean;
}

export interface VaultState {
  readonly keys: Collection<VaultKey>;
}

/** Where the app finds the GitHub App's key: `<origin of the vault>/<this>`. */
export const GITHUB_APP_KEY_PATH = 'keys/github-app/0f8c6e1d5b2a49f3a7e4d1c0b9a85736';

export function emptyVault(): VaultState {
  return { keys: collection<VaultKey>(({ name, version }) => `${name}/${version}`) };
}

export function seedVault(_context: SeedContext): VaultState {
  const state = emptyVault();
  const [, name = '', version = ''] = GITHUB_APP_KEY_PATH.split('/');
  state.keys.add({ name, version, enabled: true, ...githubAppKey() });
  return state;
}
