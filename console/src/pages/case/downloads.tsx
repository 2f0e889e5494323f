import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Api, type Case, take } from '../../api.ts';
import { Command } from '../../parts/command.tsx';
import { save } from '../../parts/save.ts';
import { Fault, Loading } from '../../parts/states.tsx';
import { useSession } from '../../session.ts';

type Format = 'html' | 'md' | 'json';
const FORMATS: readonly (readonly [format: Format, words: string])[] = [
  ['html', 'Report as a page'],
  ['md', 'Report as Markdown'],
  ['json', 'Report as JSON'],
];

/** The report in each form, every file of the case, and how to verify them away from here. */
export function Downloads({ row }: { readonly row: Case }) {
  const { api } = useSession();
  const [isOpen, setOpen] = useState(false);
  const { caseId, report } = row;
  const saving = useMutation({
    mutationFn: async ({ file, read }: { readonly file: string; readonly read: () => Promise<Blob> }) =>
      save(file, await read()),
  });
  if (report === undefined) return null;
  return (
    <section className="panel" aria-labelledby="downloads" tabIndex={-1}>
      <h2 id="downloads">Downloads</h2>
      <div className="buttons start">
        {FORMATS.map(([format, words]) => (
          <button
            key={format}
            type="button"
            disabled={saving.isPending}
            onClick={() =>
              saving.mutate({ file: `report-${caseId}.${format}`, read: () => reportOf(api, caseId, format) })
            }
          >
            {words}
          </button>
        ))}
      </div>
      {saving.isError && <Fault error={saving.error} />}
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>Every file of the case, and how to verify them</summary>
        <p>Download all of them and verify them offline: that they are what was filed and signed.</p>
        <Command text={`offboard case evidence ${caseId} --out evidence`} />
        <Command text="offboard verify evidence --key signing-key.pem" />
        {isOpen && (
          <Files
            caseId={caseId}
            save={(name) =>
              saving.mutate({ file: name.slice(name.lastIndexOf('/') + 1), read: () => fileOf(api, caseId, name) })
            }
          />
        )}
      </details>
    </section>
  );
}

function Files({ caseId, save }: { readonly caseId: string; readonly save: (name: string) => void }) {
  const { api } = useSession();
  const asked = useQuery({
    queryKey: ['files', caseId],
    queryFn: () => take(api.GET('/api/cases/{id}/evidence/files', { params: { path: { id: caseId } } })),
  });
  if (asked.isPending) return <Loading what="the names of the files" />;
  if (asked.isError) return <Fault error={asked.error} again={() => void asked.refetch()} />;
  const folder = `cases/${caseId}/`;
  return (
    <ul className="files">
      {asked.data.names.map((name) => (
        <li key={name}>
          <button type="button" className="quiet" onClick={() => save(name)}>
            {name.startsWith(folder) ? name.slice(folder.length) : name}
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Read with the person’s token, which a link would not carry. */
async function reportOf(api: Api, id: string, format: Format): Promise<Blob> {
  const asked = { params: { path: { id } }, parseAs: 'blob' } as const;
  switch (format) {
    case 'html':
      return take(api.GET('/api/cases/{id}/report.html', asked));
    case 'md':
      return take(api.GET('/api/cases/{id}/report.md', asked));
    case 'json':
      return take(api.GET('/api/cases/{id}/report.json', asked));
    default:
      return format satisfies never;
  }
}

function fileOf(api: Api, id: string, name: string): Promise<Blob> {
  const params = { path: { id }, query: { name } };
  return take(api.GET('/api/cases/{id}/evidence/file', { params, parseAs: 'blob' }));
}
