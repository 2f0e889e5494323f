import { createHash } from 'node:crypto';
import type { Repository } from '../state/state-repository.ts';

/** The latest commit of the default branch. */
export function headOf(repository: Repository): string {
  const files = [...repository.files].map(([path, text]) => `${path} ${sha(text)}`).sort();
  return sha(`head ${repository.id} ${repository.pushedAt.toISOString()} ${files.join('\n')}`);
}

/** GitHub's global ids are opaque; ours carry the number so that `nodes(ids:)` finds the row. */
export function nodeId(kind: string, id: number): string {
  return `${kind}_${id.toString(36)}`;
}

/** The number in one of them. */
export function idOf(node: string): number {
  return Number.parseInt(node.slice(node.indexOf('_') + 1), 36);
}

/** The object id of a text, as git would name its blob. */
export function sha(text: string): string {
  return createHash('sha1')
    .update(`blob ${Buffer.byteLength(text)}\0${text}`)
    .digest('hex');
}
