import type { CaseStudy } from '../../../local/tenant/case-study.ts';
import { grantOf } from '../../../local/tenant/seeds/principals.ts';
import type { Permission } from '../../../src/permissions/permission.ts';

/**
 * Takes one row of the table away from the running tenant; the returned function gives it back. Undefined for what
 * the tenant does not simulate: Azure's own storage, and what cannot be taken.
 */
export function takePermission({ principals, states }: CaseStudy, row: Permission): (() => void) | undefined {
  if (row.inherent === true) return undefined;
  const { grant, identity } = row;
  if (grant.kind === 'github-app-permission')
    return takeFromApp(identity === 'assessor' ? states.github.assessor : states.github, grant.name, grant.level);
  const held = identity === 'host' ? undefined : grantOf(principals[identity], row);
  if (held === undefined) return undefined;
  held.take();
  return () => held.give();
}

/** An App without `read` has nothing; one without `write` still reads, where reading is granted by itself. */
function takeFromApp(
  { installations }: Pick<CaseStudy['states']['github'], 'installations'>,
  name: string,
  level: 'read' | 'write',
): () => void {
  const undo = installations.all().map(({ permissions }) => {
    const before = permissions.get(name);
    if (level === 'write' && name !== 'issues') permissions.set(name, 'read');
    else permissions.delete(name);
    return () => before !== undefined && permissions.set(name, before);
  });
  return () => {
    for (const back of undo) back();
  };
}
