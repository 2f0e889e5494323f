import { useMutation } from '@tanstack/react-query';
import { take } from '../../api.ts';
import { Command } from '../../parts/command.tsx';
import { save } from '../../parts/save.ts';
import { Fault } from '../../parts/states.tsx';
import { useSession } from '../../session.ts';

/** A run to take along: the page for an auditor, and what a pipeline reads. */
export function SaveRun({ runId }: { readonly runId: string }) {
  const { api } = useSession();
  const asked = { params: { path: { id: runId } }, parseAs: 'blob' } as const;
  const saving = useMutation({
    mutationFn: async (format: 'html' | 'xml') =>
      save(
        `posture-${runId}.${format}`,
        format === 'html'
          ? await take<Blob>(api.GET('/api/posture/runs/{id}/report.html', asked))
          : await take<Blob>(api.GET('/api/posture/runs/{id}/junit.xml', asked)),
      ),
  });
  return (
    <section className="panel" aria-labelledby="downloads">
      <h2 id="downloads">Downloads</h2>
      <div className="actions">
        <button type="button" disabled={saving.isPending} onClick={() => saving.mutate('html')}>
          Page for an auditor
        </button>
        <button type="button" disabled={saving.isPending} onClick={() => saving.mutate('xml')}>
          JUnit, for a pipeline
        </button>
      </div>
      {saving.isError && <Fault error={saving.error} />}
      <Command text={`offboard posture --run ${runId} --format html --out posture.html`} />
    </section>
  );
}
