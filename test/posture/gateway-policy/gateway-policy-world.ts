export const told = ({
  findings,
  doubts,
}: {
  readonly findings: readonly { readonly reason: string }[];
  readonly doubts: readonly { readonly reason: string }[];
}) => [...findings.map(({ reason }) => reason), ...doubts.map(({ reason }) => `doubt: ${reason}`)];
