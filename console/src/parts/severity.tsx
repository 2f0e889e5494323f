import type { Schemas } from '../api.ts';

type Grade = Schemas['PostureRun']['checks'][number]['severity'];

/** How severe something is: of a finding, and of a point of the checklist. */
export function Severity({ is }: { readonly is: Grade }) {
  return <span className={`severity ${is}`}>{is}</span>;
}
