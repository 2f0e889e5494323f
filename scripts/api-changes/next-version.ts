import { isDeepStrictEqual } from 'node:util';
import type { ApiDocument } from './compare-documents.ts';
import type { Change } from './compare-schemas.ts';

/** The version that follows from what has changed: major where it breaks somebody, minor for an addition, patch for words. */
export function nextVersion(before: ApiDocument, after: ApiDocument, changes: readonly Change[]): string {
  const [major = 1, minor = 0, patch = 0] = before.info.version.split('.').map(Number);
  if (changes.some(({ kind }) => kind === 'breaking')) return `${major + 1}.0.0`;
  if (changes.length > 0) return `${major}.${minor + 1}.0`;
  const { version } = before.info;
  const same = isDeepStrictEqual(
    { ...before, info: { ...before.info, version } },
    { ...after, info: { ...after.info, version } },
  );
  return same ? version : `${major}.${minor}.${patch + 1}`;
}
