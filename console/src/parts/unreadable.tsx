/** What the app keeps and cannot read, so that more may stand here than is shown. */
export function Unreadable({ title, what }: { readonly title: string; readonly what: readonly string[] }) {
  if (what.length === 0) return null;
  return (
    <section className="panel warn" aria-label={title}>
      <h2>{title}</h2>
      <p>
        A newer release wrote this, or somebody edited it: deploy the newer release again, or put it back from the
        backup.
      </p>
      <ul className="bullets">
        {what.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
    </section>
  );
}
