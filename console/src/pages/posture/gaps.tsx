import { type Gap, REASONS } from './words.ts';

/** What nobody can say, and what to do about it. `beside`: what fails stands above. */
export function GapList({ gaps, beside }: { readonly gaps: readonly Gap[]; readonly beside: boolean }) {
  if (gaps.length === 0) return null;
  return (
    <div className="gaps">
      <h3>{beside ? 'More may fail: this could not be said' : 'This could not be said'}</h3>
      <ul>
        {gaps.map(({ reason, source, detail, missingPermission }) => (
          <li key={`${reason} ${source} ${detail}`}>
            <p>
              <strong>{REASONS[reason][0]}.</strong> {detail}
            </p>
            {missingPermission !== undefined && (
              <p>
                Missing: <code>{missingPermission}</code>
              </p>
            )}
            <p>{REASONS[reason][1]}</p>
            <p className="meta">
              <code>{reason}</code>, <code>{source}</code>
            </p>
          </li>
        ))}
      </ul>
    </div>
  );
}
