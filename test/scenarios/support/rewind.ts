import type { CaseStudy } from '../../../local/tenant/case-study.ts';
import type { Collection } from '../../../local/tenant/core/collection.ts';

/** Remembers what a case cuts; the returned function puts all of it back, so that the next case finds it again. */
export function rewinder({ states: { arm, entra, github, devops } }: CaseStudy): () => void {
  const undo = [
    keep(arm.namedValues),
    keep(arm.gatewayObjects),
    ...arm.identities.all().map(({ credentials }) => keep(credentials)),
    keep(entra.grants),
    keep(entra.assignments),
    keep(entra.federatedCredentials),
    ...github.organisations
      .all()
      .flatMap(({ tokens, credentials, tokenRequests }) => [keep(tokens), keep(credentials), keep(tokenRequests)]),
    keep(devops.tokens),
  ];
  return () => {
    for (const back of undo) back();
  };
}

/** The same objects with the fields that they had: vendors hold on to their rows. */
function keep<T extends object>(rows: Collection<T>): () => void {
  const kept = rows.all().map((row) => ({ row, fields: { ...row } }));
  return () => {
    for (const { row, fields } of kept) {
      for (const name of Object.keys(row)) if (!(name in fields)) delete row[name as keyof T];
      rows.add(Object.assign(row, fields));
    }
  };
}
