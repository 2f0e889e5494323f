/** Settings by name, as far as it matters whether they are set. */
type Given<Name extends string> = Readonly<Partial<Record<Name, unknown>>>;

/** What the audit pipeline needs: all of them, or none. */
export const INGESTION = ['INGESTOR_CLIENT_ID', 'LOGS_INGESTION_ENDPOINT', 'AUDIT_RULE_ID'] as const;

/** What the canary needs: all of them, or none. */
export const CANARY = ['CANARY_CLIENT_ID', 'CANARY_URL', 'CANARY_RULE_ID'] as const;

/** What is wrong between settings of which each is right by itself. */
export function faultsBetween(
  settings: Given<(typeof INGESTION)[number] | (typeof CANARY)[number]> &
    Parameters<typeof faultsOfWebhook>[0] &
    Parameters<typeof faultsOfMachines>[0] &
    Parameters<typeof faultsOfAssessorApp>[0] &
    Parameters<typeof faultsOfGateway>[0],
): string[] {
  return [
    ...faultsOfGateway(settings),
    ...faultsOfAssessorApp(settings),
    ...allOrNone(settings, INGESTION, 'the pipeline'),
    ...allOrNone(settings, CANARY, 'the canary'),
    ...faultsOfWebhook(settings),
    ...faultsOfMachines(settings),
  ];
}

/** All of them or none: half a pipeline would drop calls without saying so. */
function allOrNone<Name extends string>(settings: Given<Name>, names: readonly Name[], who: string): string[] {
  const missing = names.filter((each) => settings[each] === undefined);
  return missing.length === names.length ? [] : missing.map((each) => `${each}: not set, but ${who} needs it`);
}

/** Both or neither: nobody can tell who sent what is not signed. */
function faultsOfWebhook({
  WEBHOOK_URL: url,
  WEBHOOK_SECRET: secret,
}: Given<'WEBHOOK_URL' | 'WEBHOOK_SECRET'>): string[] {
  if ((url === undefined) === (secret === undefined)) return [];
  return url === undefined
    ? ['WEBHOOK_URL: not set, but its secret is']
    : ['WEBHOOK_SECRET: not set, but the webhook is: its messages are signed'];
}

/** A token that was made for one is never good for the other. */
function faultsOfMachines({
  MACHINES_AUDIENCE: machines,
  API_AUDIENCE: api,
}: Given<'MACHINES_AUDIENCE' | 'API_AUDIENCE'>): string[] {
  return machines === api ? ['MACHINES_AUDIENCE: is API_AUDIENCE; take another one'] : [];
}

/** Both or neither, and never the App that cuts: the checklist is read by one that can change nothing. */
function faultsOfAssessorApp(
  settings: Given<
    | 'ASSESSOR_GITHUB_APP_ID'
    | 'ASSESSOR_GITHUB_APP_KEY_ID'
    | 'ASSESSOR_CLIENT_ID'
    | 'GITHUB_APP_ID'
    | 'GITHUB_APP_KEY_ID'
  >,
): string[] {
  const { ASSESSOR_GITHUB_APP_ID: id, ASSESSOR_GITHUB_APP_KEY_ID: key, ASSESSOR_CLIENT_ID: identity } = settings;
  if (id === undefined && key === undefined) return [];
  return [
    ...(id === undefined ? ['ASSESSOR_GITHUB_APP_ID: not set, but its key is'] : []),
    ...(key === undefined ? ['ASSESSOR_GITHUB_APP_KEY_ID: not set, but its App is'] : []),
    ...(identity === undefined ? ['ASSESSOR_CLIENT_ID: not set, but its GitHub App is'] : []),
    ...(id === settings.GITHUB_APP_ID ? ['ASSESSOR_GITHUB_APP_ID: is the App that cuts; make another one'] : []),
    ...(key === settings.GITHUB_APP_KEY_ID ? ['ASSESSOR_GITHUB_APP_KEY_ID: is the key of the App that cuts'] : []),
  ];
}

/** Both or neither: a deny list that nobody can find refuses nobody. */
function faultsOfGateway({
  GATEWAY_APIM_ID: id,
  DENY_LIST_NAMED_VALUES: names,
}: Given<'GATEWAY_APIM_ID'> & { readonly DENY_LIST_NAMED_VALUES: readonly string[] }): string[] {
  const service = id !== undefined;
  if (service === names.length > 0) return [];
  return service
    ? ['DENY_LIST_NAMED_VALUES: not set, but the gateway is: name at least one named value']
    : ['GATEWAY_APIM_ID: not set, but its named values are'];
}
