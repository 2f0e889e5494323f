import { useQuery } from '@tanstack/react-query';
import { take } from '../../../api.ts';
import { Severity } from '../../../parts/severity.tsx';
import { Time } from '../../../parts/time/time.tsx';
import { useSession } from '../../../session.ts';
import { Who } from '../who.tsx';
import { Revoke } from './accept.tsx';
import type { Rights } from './rights.ts';

/** What is accepted of the person's cases now. */
export function Exceptions({ oid, rights }: { readonly oid: string; readonly rights: Rights }) {
  const { api } = useSession();
  const { data } = useQuery({
    queryKey: ['exceptions'],
    queryFn: () => take(api.GET('/api/exceptions')),
    refetchInterval: 10_000,
  });
  const own = data?.exceptions.filter((each) => each.oid === oid) ?? [];
  if (own.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="exceptions">
      <h2 id="exceptions">Accepted for now</h2>
      <ul className="ruled">
        {own.map(({ id, title, severity, by, at, until, reason }) => (
          <li key={id}>
            <p>
              <Severity is={severity} /> {title}
            </p>
            <p className="meta">
              Until <Time at={until} />, by <Who by={by} /> <Time at={at} />: {reason}
            </p>
            {rights.operate && <Revoke exception={id} title={title} />}
          </li>
        ))}
      </ul>
    </section>
  );
}
