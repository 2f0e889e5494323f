const SHORT = new Intl.DateTimeFormat(undefined, {
  ...{ year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' },
});
const ZONED = new Intl.DateTimeFormat(undefined, {
  ...{ dateStyle: 'full', timeStyle: 'long' },
});

/** An instant in the reader's zone; in UTC under the pointer. */
export function Time({ at }: { readonly at: string }) {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return <>{at}</>;
  return (
    <time dateTime={at} title={`${date.toISOString().replace('.000Z', 'Z')} (UTC)\n${ZONED.format(date)}`}>
      {SHORT.format(date)}
    </time>
  );
}
