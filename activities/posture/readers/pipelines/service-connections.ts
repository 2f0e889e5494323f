import type { Reader } from '../../reader.ts';

/** How service connections sign in to Azure, in each of the organisations of Azure DevOps. */
export const readServiceConnections: Reader = async ({ vendors, settings }) => {
  const listed = await Promise.all(
    settings.DEVOPS_ORGANISATIONS.map(async (which) => ({
      which,
      ...(await vendors.assessor.listAzureConnections(which)),
    })),
  );
  return {
    facts: {
      connections: listed.flatMap(({ which, items }) =>
        items.map((each) => ({
          organisation: which,
          ...each,
          page: `${vendors.devops.webUrl}/${encodeURIComponent(which)}/${encodeURIComponent(each.project)}/_settings/adminservices?resourceId=${encodeURIComponent(each.id)}`,
        })),
      ),
    },
    failures: listed.flatMap(({ which, failures }) => failures.map((failure) => ({ which, failure }))),
  };
};
