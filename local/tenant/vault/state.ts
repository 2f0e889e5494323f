import type { KeyObject } from 'node:crypto';
import type { Collection } from '../core/collection.ts';

export interface VaultKey {
  readonly name: string;
  readonly version: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  enabled: boolean;
}

export interface VaultState {
  readonly keys: Collection<VaultKey>;
}
