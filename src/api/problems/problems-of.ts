import type { ProblemType } from '../../errors.ts';
import type { Route } from '../route.ts';

/** Every problem that a route may answer with: its own, and those that its access and its shapes bring. */
export function problemsOf({ access, params, query, headers, body, problems = [] }: Route): readonly ProblemType[] {
  const known = new Set<ProblemType>(['unexpected', 'unavailable', ...problems]);
  if (access.kind !== 'anybody') known.add('unauthenticated');
  if (access.kind !== 'anybody' && access.kind !== 'signed-in') known.add('missing-role');
  if (access.kind === 'decide') known.add('own-affair');
  if (body !== undefined)
    for (const each of ['unsupported-media-type', 'too-large', 'not-json'] as const) known.add(each);
  if ([params, query, headers, body].some((shape) => shape !== undefined)) known.add('invalid-request');
  return [...known];
}
