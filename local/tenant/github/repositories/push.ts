import type { Repository } from '../state/state-repository.ts';

/** Somebody writes a file of the default branch; what GitHub tells of it is the time of the push, and whose its lines are. */
export function push(
  repository: Repository,
  {
    path,
    text,
    authorId,
    at,
  }: { readonly path: string; readonly text: string; readonly authorId: number; readonly at: Date },
): void {
  repository.files.set(path, text);
  repository.blame.set(path, [{ from: 1, to: text.split('\n').length, at, authorId }]);
  repository.pushedAt = at;
  const known = repository.workflows.all();
  if (!path.startsWith('.github/workflows/') || known.some((workflow) => workflow.path === path)) return;
  const id = 1 + Math.max(repository.id * 100, ...known.map((workflow) => workflow.id));
  repository.workflows.add({ id, path, name: path, state: 'active' });
}
