import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { take } from '../../../api.ts';
import { Fault, Loading } from '../../../parts/states.tsx';
import { useSession } from '../../../session.ts';
import { findingsOf, type Report } from '../report.ts';
import { Status, statusWords } from './labels.tsx';

interface Filed {
  readonly caseId: string;
  /** Name of its report among the files of the case. */
  readonly name: string;
}

/** How a report differs from the one before; read when somebody asks. */
export function Changes(filed: Filed) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>What changed since the report before</summary>
      {isOpen && <Difference {...filed} />}
    </details>
  );
}

function Difference({ caseId, name }: Filed) {
  const { api } = useSession();
  const asked = useQuery({
    queryKey: ['report-file', name],
    queryFn: async () => {
      const params = { path: { id: caseId }, query: { name } };
      const text = await take(api.GET('/api/cases/{id}/evidence/file', { params, parseAs: 'text' }));
      return JSON.parse(String(text)) as Report;
    },
    staleTime: 'static',
  });
  if (asked.isPending) return <Loading what="the report" />;
  if (asked.isError) return <Fault error={asked.error} again={() => void asked.refetch()} />;
  const { comparison } = asked.data;
  if (comparison === undefined) return <p className="meta">It was compared with no other report.</p>;
  const found = new Map(findingsOf(asked.data).map((each) => [each.id, each]));
  const { new: fresh, changed, gone } = comparison;
  if (fresh.length + changed.length + gone.length === 0) return <p className="meta">Nothing: all is as it was.</p>;
  return (
    <ul className="ruled changes">
      {changed.map(({ id, before }) => {
        const now = found.get(id);
        return (
          <li key={id}>
            {statusWords(before)} → {now === undefined ? '' : <Status is={now.status} />} {now?.title ?? id}
          </li>
        );
      })}
      {fresh.map((id) => {
        const now = found.get(id);
        return (
          <li key={id}>
            <b>New</b> {now === undefined ? '' : <Status is={now.status} />} {now?.title ?? id}
          </li>
        );
      })}
      {gone.map(({ id, title, status }) => (
        <li key={id}>
          <b>Gone</b> {title} <span className="meta">(was: {statusWords(status)})</span>
        </li>
      ))}
    </ul>
  );
}
