import { generateKeyPairSync, type KeyObject } from 'node:crypto';

export interface AppKey {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

let key: AppKey | undefined;

/**
 * The GitHub App's key of this process, made at run time. The vault keeps the private half; GitHub knows the public
 * half, as after an upload in the App's settings.
 */
export function githubAppKey(): AppKey {
  key ??= generateKeyPairSync('rsa', { modulusLength: 2048 });
  return key;
}
