import { containerGroup } from './container-group.ts';
import type { Json, JsonObject } from './json.ts';

export const SUBSCRIPTION = '/subscriptions/00000000-0000-0000-0000-000000000001';
const subnet = (network: string, name: string): string =>
  `${SUBSCRIPTION}/resourceGroups/rg-${network}/providers/Microsoft.Network/virtualNetworks/vnet-${network}/subnets/${name}`;
export const APPROVED = subnet('mcp-dev', 'snet-mcp-servers');
const DEVELOPERS = subnet('developers', 'snet-workstations');
const GALLERY = `${SUBSCRIPTION}/resourceGroups/rg-images/providers/Microsoft.Compute/galleries/gal/images`;

/** One row: what is asked for, and the policies that object. Each is judged with every effect in Audit. */
export type Row = readonly [title: string, resource: JsonObject, objections: string];

const MCP = 'contosomcp.azurecr.io/mcp-filesystem:1.2';
const NGINX = 'nginx:1.27';
const TAGGED = { MCPServer: 'true' };
const SERVER = { tags: TAGGED, identity: 'UserAssigned', subnetIds: [APPROVED], images: [MCP] } as const;
const variable = (name: string, value?: Json): JsonObject => ({ name, ...(value !== undefined && { value }) });

const group = (change: Parameters<typeof containerGroup>[0], properties?: JsonObject): JsonObject =>
  containerGroup({ ...SERVER, ...change, ...(properties && { properties }) });
const groupWith = (...environmentVariables: readonly JsonObject[]): JsonObject =>
  group({}, { containers: [{ name: 'a', properties: { image: MCP, environmentVariables } }] });
const resource = (type: string, properties: JsonObject = {}, tags: JsonObject = {}): JsonObject => ({
  type,
  name: 'under-test',
  tags,
  properties,
});
const app = (template: JsonObject, tags?: JsonObject): JsonObject =>
  resource('Microsoft.App/containerApps', { template }, tags);
const job = (template: JsonObject, tags?: JsonObject): JsonObject => resource('Microsoft.App/jobs', { template }, tags);
const profile = (properties: JsonObject, tags?: JsonObject): JsonObject =>
  resource('Microsoft.ContainerInstance/containerGroupProfiles', properties, tags);
const site = (siteConfig: JsonObject, tags?: JsonObject): JsonObject =>
  resource('Microsoft.Web/sites', { siteConfig }, tags);
const machine = (imageReference: JsonObject, tags?: JsonObject): JsonObject =>
  resource('Microsoft.Compute/virtualMachines', { storageProfile: { imageReference } }, tags);
const scaleSet = (imageReference: JsonObject, tags?: JsonObject): JsonObject =>
  resource(
    'Microsoft.Compute/virtualMachineScaleSets',
    { virtualMachineProfile: { storageProfile: { imageReference } } },
    tags,
  );

const groups: readonly Row[] = [
  ['the platform’s own server', group({}), ''],
  ['names of properties in another case', respell(group({})), ''],
  ['its type in another case', { ...group({}), type: 'microsoft.containerinstance/CONTAINERGROUPS' }, ''],
  ['no identity', group({ identity: undefined }), 'managed_identity'],
  ['a system-assigned identity', group({ identity: 'SystemAssigned' }), 'managed_identity'],
  ['both kinds of identity', group({ identity: 'SystemAssigned, UserAssigned' }), ''],
  [
    'no identity, type in another case',
    { ...group({ identity: undefined }), type: 'MICROSOFT.CONTAINERINSTANCE/containerGroups' },
    'managed_identity',
  ],
  [
    'no identity, the tag in another case',
    group({ identity: undefined, tags: { mcpSERVER: 'TRUE' } }),
    'managed_identity',
  ],
  [
    'no identity, the tag says false',
    group({ identity: undefined, tags: { MCPServer: 'false' } }),
    'managed_identity untagged_image',
  ],
  [
    'no identity, the tag says yes',
    group({ identity: undefined, tags: { MCPServer: 'yes' } }),
    'managed_identity tag_value untagged_image',
  ],
  ['the tag is empty', group({ tags: { MCPServer: '' } }), 'tag_value untagged_image'],
  ['the tag is empty and the image is not known', group({ tags: { MCPServer: '' }, images: [NGINX] }), 'tag_value'],
  ['no tags at all', { ...group({ images: [NGINX], subnetIds: [] }), tags: {} }, ''],
  ['tags missing from the request', without(group({ images: [NGINX] }), 'tags'), ''],
  ['tags missing, an MCP image', without(group({}), 'tags'), 'untagged_image'],
  ['properties missing from the request', { ...without(group({}), 'properties') }, 'approved_subnet'],
  ['no subnets', group({ subnetIds: undefined }), 'approved_subnet'],
  ['an empty list of subnets', group({ subnetIds: [] }), 'approved_subnet'],
  ['a developer subnet besides', group({ subnetIds: [APPROVED, DEVELOPERS] }), 'approved_subnet'],
  ['a subnet without an id', group({}, { subnetIds: [{ name: 'default' }] }), 'approved_subnet'],
  ['the subnet in capitals', group({ subnetIds: [APPROVED.toUpperCase()] }), ''],
  [
    'a legacy network profile',
    group({ subnetIds: undefined }, { networkProfile: { id: `${SUBSCRIPTION}/p` } }),
    'approved_subnet',
  ],
  [
    'a network profile besides an approved subnet',
    group({}, { networkProfile: { id: `${SUBSCRIPTION}/p` } }),
    'approved_subnet',
  ],
  [
    'an untagged group in a network profile',
    containerGroup({ images: [NGINX], properties: { networkProfile: { id: 'p' } } }),
    '',
  ],
  [
    'an untagged init container',
    containerGroup({ images: [NGINX], properties: { initContainers: [{ name: 'i', properties: { image: MCP } }] } }),
    'untagged_image',
  ],
  [
    'an untagged init container without an image',
    containerGroup({ images: [NGINX], properties: { initContainers: [{ name: 'i', properties: {} }] } }),
    '',
  ],
  [
    'an image by digest, hidden as the third',
    containerGroup({ images: [NGINX, undefined, `acme/mcp-x@sha256:${'0'.repeat(64)}`] }),
    'untagged_image',
  ],
  ['an image in Docker’s catalogue', containerGroup({ images: ['mcp/github'] }), 'untagged_image'],
  ['GitHub’s own server', containerGroup({ images: ['ghcr.io/github/github-mcp-server'] }), 'untagged_image'],
  ['a registry that is called mcp', containerGroup({ images: ['mcp-registry:5000/nginx'] }), ''],
];

const credentials: readonly Row[] = [
  ['a personal token in plain', groupWith(variable('GITHUB_TOKEN', 'ghp_x')), 'plain_credentials'],
  ['a personal token as a secure value', groupWith({ name: 'GITHUB_TOKEN', secureValue: 'ghp_x' }), ''],
  ['the token as Azure gives it back: a name only', groupWith(variable('GITHUB_TOKEN')), ''],
  ['an empty token', groupWith(variable('GITHUB_TOKEN', '')), ''],
  ['a numeric one', groupWith(variable('DB_PASSWORD', 12345)), 'plain_credentials'],
  [
    'the second variable of many',
    groupWith(variable('PORT', '3000'), variable('azure-devops-ext-pat', 'x')),
    'plain_credentials',
  ],
  ['in mixed case, without a separator', groupWith(variable('githubToken', 'x')), 'plain_credentials'],
  ['a word in the middle', groupWith(variable('TOKEN_GITHUB', 'x')), 'plain_credentials'],
  ['a key', groupWith(variable('OPENAI_API_KEY', 'x')), 'plain_credentials'],
  ['a connection string', groupWith(variable('ConnectionStrings__Default', 'Server=x')), 'plain_credentials'],
  [
    'names that contain the words and mean others',
    groupWith(
      variable('MAX_TOKENS', '1'),
      variable('TOKENIZER', 'a'),
      variable('MONKEY', 'a'),
      variable('PATH', '/'),
      variable('BYPASS', '1'),
      variable('COMPASS', 'n'),
    ),
    '',
  ],
  [
    'what tells about a credential',
    groupWith(
      variable('TOKEN_URL', 'https://a'),
      variable('SECRET_NAME', 'a'),
      variable('PASSWORD_FILE', '/run/a'),
      variable('KEY_VAULT_URI', 'https://a'),
      variable('KEY_ID', '1'),
    ),
    '',
  ],
  ['keys that are public', groupWith(variable('SIGNING_PUBLIC_KEY', 'a'), variable('COSMOS_PARTITION_KEY', '/id')), ''],
  ['a variable without a name', groupWith({ value: 'x' }), ''],
  [
    'in an init container',
    group({}, { initContainers: [{ name: 'i', properties: { environmentVariables: [variable('NPM_TOKEN', 'x')] } }] }),
    'plain_credentials',
  ],
  [
    'in the second container',
    group(
      {},
      { containers: [{ properties: {} }, { properties: { environmentVariables: [variable('CLIENT_SECRET', 'x')] } }] },
    ),
    'plain_credentials',
  ],
  [
    'on a group that is no MCP server',
    containerGroup({
      properties: { containers: [{ properties: { image: NGINX, environmentVariables: [variable('DB_PASS', 'x')] } }] },
    }),
    'plain_credentials',
  ],
  [
    'in a profile',
    profile({ containers: [{ properties: { environmentVariables: [variable('API_TOKEN', 'x')] } }] }),
    'plain_credentials',
  ],
  [
    'in a profile’s init container',
    profile({ initContainers: [{ properties: { environmentVariables: [variable('SAS', 'x')] } }] }),
    'plain_credentials',
  ],
  ['in a container app', app({ containers: [{ env: [variable('SLACK_TOKEN', 'x')] }] }), 'plain_credentials'],
  [
    'a container app’s secret reference',
    app({ containers: [{ env: [{ name: 'SLACK_TOKEN', secretRef: 'slack' }] }] }),
    '',
  ],
  [
    'in a container app’s init container',
    app({ initContainers: [{ env: [variable('JWT', 'x')] }] }),
    'plain_credentials',
  ],
  ['in a job', job({ containers: [{ env: [variable('SERVICE_CREDENTIALS', 'x')] }] }), 'plain_credentials'],
  ['in a job’s init container', job({ initContainers: [{ env: [variable('BEARER', 'x')] }] }), 'plain_credentials'],
  [
    'in a session pool',
    resource('Microsoft.App/sessionPools', {
      customContainerTemplate: { containers: [{ env: [variable('PASSWORD', 'x')] }] },
    }),
    'plain_credentials',
  ],
  [
    'in app settings',
    site({ appSettings: [variable('PORT', '80'), variable('Auth:ClientSecret', 'x')] }),
    'plain_credentials',
  ],
  [
    'an app setting from the vault',
    site({ appSettings: [variable('Auth:ClientSecret', '@Microsoft.KeyVault(VaultName=a;SecretName=b)')] }),
    '',
  ],
  ['the identity of a trigger', site({ appSettings: [variable('HrQueue__credential', 'managedidentity')] }), ''],
  [
    'where telemetry goes',
    site({ appSettings: [variable('APPLICATIONINSIGHTS_CONNECTION_STRING', 'InstrumentationKey=a')] }),
    '',
  ],
  [
    'in a slot’s app settings',
    resource('Microsoft.Web/sites/slots', { siteConfig: { appSettings: [variable('GITHUB_PAT', 'x')] } }),
    'plain_credentials',
  ],
  [
    'in a site’s web configuration',
    resource('Microsoft.Web/sites/config', { appSettings: [variable('GITHUB_PAT', 'x')] }),
    'plain_credentials',
  ],
  [
    'in a slot’s web configuration',
    resource('Microsoft.Web/sites/slots/config', { appSettings: [variable('GITHUB_PAT', 'x')] }),
    'plain_credentials',
  ],
];

const others: readonly Row[] = [
  ['a profile with the tag', profile({ containers: [{ properties: { image: NGINX } }] }, TAGGED), 'other_compute'],
  ['a profile with an MCP image', profile({ containers: [{ properties: { image: MCP } }] }), 'other_compute'],
  [
    'a profile with an MCP image in an init container',
    profile({ initContainers: [{ properties: { image: MCP } }] }),
    'other_compute',
  ],
  ['a set of groups with the tag', resource('Microsoft.ContainerInstance/nGroups', {}, TAGGED), 'other_compute'],
  ['a container app with the tag', app({}, TAGGED), 'other_compute'],
  ['a container app whose tag says nothing', app({}, { mcpserver: 'x' }), 'other_compute tag_value'],
  [
    'a container app with an MCP image',
    app({ containers: [{ image: NGINX }, { image: 'mcp/fetch' }] }),
    'other_compute',
  ],
  [
    'a container app with an MCP image in an init container',
    app({ initContainers: [{ image: MCP }] }),
    'other_compute',
  ],
  ['a container app like any other', app({ containers: [{ image: NGINX, env: [variable('PORT', '1')] }] }), ''],
  ['a container app without a template', resource('Microsoft.App/containerApps'), ''],
  ['a job with the tag', job({}, TAGGED), 'other_compute'],
  ['a job with an MCP image', job({ containers: [{ image: MCP }] }), 'other_compute'],
  ['a job with an MCP image in an init container', job({ initContainers: [{ image: MCP }] }), 'other_compute'],
  [
    'a session pool with an MCP image',
    resource('Microsoft.App/sessionPools', { customContainerTemplate: { containers: [{ image: MCP }] } }),
    'other_compute',
  ],
  ['a session pool with the tag', resource('Microsoft.App/sessionPools', {}, TAGGED), 'other_compute'],
  [
    'a Kubernetes cluster with the tag',
    resource('Microsoft.ContainerService/managedClusters', {}, { MCPServer: 'false' }),
    'other_compute',
  ],
  ['a Kubernetes cluster without it', resource('Microsoft.ContainerService/managedClusters'), ''],
  ['an app or function with the tag', site({}, TAGGED), 'other_compute'],
  ['an app from an MCP image', site({ linuxFxVersion: `DOCKER|${MCP}` }), 'other_compute'],
  ['an app from Docker’s catalogue, in another case', site({ linuxFxVersion: 'docker|MCP/github' }), 'other_compute'],
  ['an app from an MCP image, for Windows', site({ windowsFxVersion: 'DOCKER|mcp-x:1' }), 'other_compute'],
  ['an app from a registry that is called mcp', site({ linuxFxVersion: 'DOCKER|mcp-registry:5000/nginx' }), ''],
  ['an app that runs Node.js', site({ linuxFxVersion: 'NODE|24' }), ''],
  [
    'a slot with an MCP image',
    resource('Microsoft.Web/sites/slots', { siteConfig: { linuxFxVersion: `DOCKER|${MCP}` } }),
    'other_compute',
  ],
  ['a slot with the tag', resource('Microsoft.Web/sites/slots', {}, TAGGED), 'other_compute'],
  [
    'a web configuration with an MCP image',
    resource('Microsoft.Web/sites/config', { linuxFxVersion: `DOCKER|${MCP}` }),
    'other_compute',
  ],
  [
    'a slot’s web configuration with an MCP image',
    resource('Microsoft.Web/sites/slots/config', { windowsFxVersion: `DOCKER|${MCP}` }),
    'other_compute',
  ],
  ['a site’s sidecar', resource('Microsoft.Web/sites/sitecontainers', { image: MCP }), 'other_compute'],
  ['a slot’s sidecar', resource('Microsoft.Web/sites/slots/sitecontainers', { image: 'mcp/time' }), 'other_compute'],
  ['a sidecar like any other', resource('Microsoft.Web/sites/sitecontainers', { image: NGINX }), ''],
  ['a virtual machine with the tag', machine({}, TAGGED), 'other_compute'],
  ['a virtual machine from an MCP image', machine({ id: `${GALLERY}/MCP-github/versions/1.0.0` }), 'other_compute'],
  [
    'a virtual machine from a shared gallery',
    machine({ sharedGalleryImageId: '/SharedGalleries/g/Images/mcp-x/Versions/1' }),
    'other_compute',
  ],
  [
    'a virtual machine from a community gallery',
    machine({ communityGalleryImageId: '/CommunityGalleries/g/Images/mcp-x/Versions/1' }),
    'other_compute',
  ],
  [
    'a virtual machine from the marketplace',
    machine({ publisher: 'acme', offer: 'mcp-server', sku: 'a' }),
    'other_compute',
  ],
  [
    'a virtual machine like any other',
    machine({ publisher: 'canonical', offer: 'ubuntu-24_04-lts', sku: 'server' }),
    '',
  ],
  ['a scale set with the tag', scaleSet({}, TAGGED), 'other_compute'],
  ['a scale set from an MCP image', scaleSet({ id: `${GALLERY}/mcp-x` }), 'other_compute'],
  [
    'a scale set from a shared gallery',
    scaleSet({ sharedGalleryImageId: '/SharedGalleries/g/Images/mcp-x' }),
    'other_compute',
  ],
  [
    'a scale set from a community gallery',
    scaleSet({ communityGalleryImageId: '/CommunityGalleries/g/Images/mcp-x' }),
    'other_compute',
  ],
  ['a scale set from the marketplace', scaleSet({ offer: 'MCP-server' }), 'other_compute'],
  [
    'a scale set whose image has MCP as a later word',
    scaleSet({ id: `${GALLERY}/Ubuntu_MCP/versions/1` }),
    'other_compute',
  ],
  ['a machine from an offer of an MCP server', machine({ offer: 'github-mcpserver' }), 'other_compute'],
  ['a machine whose gallery alone speaks of MCP', machine({ id: '/galleries/mcp/images/base' }), ''],
  ['a scale set like any other', scaleSet({ id: `${GALLERY}/base` }), ''],
];

export const ROWS: readonly Row[] = [...groups, ...credentials, ...others];

/** Image references, and whether they are of an MCP server. */
export const IMAGES: readonly (readonly [image: string, isMcp: boolean])[] = [
  ['contosomcp.azurecr.io/mcp-filesystem:1.2', true],
  ['contosomcp.azurecr.io/MCP-filesystem', true],
  ['contosomcp.azurecr.io/mcp-tools/filesystem:1.2', true],
  ['localhost:5000/mcp-filesystem', true],
  ['mcp-filesystem', true],
  ['mcp-filesystem:1.2', true],
  ['mcp-acme/filesystem:1.2', true],
  ['mcp/github', true],
  ['docker.io/mcp/github:latest', true],
  ['ghcr.io/github/github-mcp-server:1.0', true],
  ['contosomcp.azurecr.io/filesystem-mcp', true],
  ['contosomcp.azurecr.io/filesystem-mcp:1.2', true],
  [`contosomcp.azurecr.io/filesystem-mcp@sha256:${'0'.repeat(64)}`, true],
  ['contosomcp.azurecr.io/acme-mcp/filesystem:1', true],
  ['contosomcp.azurecr.io/mcp:1', true],
  ['localhost:5000/mcp', true],
  ['mcp', true],
  ['mcp:1', true],
  ['acme/mcp', true],
  [`acme/mcp@sha256:${'0'.repeat(64)}`, true],
  [`contosomcp.azurecr.io/mcp:1@sha256:${'0'.repeat(64)}`, true],
  ['contosomcp.azurecr.io/mcp_x:1', true],
  ['contosomcp.azurecr.io/x_mcp', true],
  ['contosomcp.azurecr.io/x__mcp__y:2', true],
  ['contosomcp.azurecr.io/acme.mcp.files:1', true],
  ['contosomcp.azurecr.io/acme-mcp-files:1', true],
  ['contosomcp.azurecr.io/mcpserver', true],
  ['contosomcp.azurecr.io/mcpservers/files:1', true],
  ['contosomcp.azurecr.io/github-mcpserver:1', true],
  ['ContosoMCP.azurecr.io/GitHub_MCPServer:V1', true],
  ['ghcr.io/acme/x-mcp:latest', true],
  ['X-MCP', true],
  ['modelcontextprotocol/inspector:1', true],
  ['contosomcp.azurecr.io/amcp-x:1', false],
  ['contosomcp.azurecr.io/mcpserverless:1', false],
  ['contosomcp.azurecr.io/xmcp', false],
  [`mcp.azurecr.io/nginx@sha256:${'0'.repeat(64)}`, false],
  ['nginx:1-mcp', false],
  [`acme/nginx:mcp@sha256:${'0'.repeat(64)}`, false],
  ['contosomcp.azurecr.io/mcpx:1', false],
  ['nginx:mcp-1', false],
  ['mcp-registry.example.com/nginx', false],
  ['mcp-registry:5000/nginx', false],
  ['nginx', false],
];

const SIDECARS = ['Microsoft.Web/sites/sitecontainers', 'Microsoft.Web/sites/slots/sitecontainers'];
const SITES = ['Microsoft.Web/sites', 'Microsoft.Web/sites/slots'];
const POOLS = 'Microsoft.App/sessionPools';

/** Every place in which Azure shows policies an image, and the policy that looks there. */
export const IMAGE_PLACES: readonly (readonly [policy: string, place: (image: string) => JsonObject])[] = [
  ...['containers', 'initContainers'].flatMap((list): (readonly [string, (image: string) => JsonObject])[] => [
    ['untagged_image', (image) => containerGroup({ properties: { [list]: [{ properties: { image } }] } })],
    ['other_compute', (image) => profile({ [list]: [{ properties: { image } }] })],
    ['other_compute', (image) => app({ [list]: [{ image }] })],
    ['other_compute', (image) => job({ [list]: [{ image }] })],
  ]),
  ['other_compute', (image) => resource(POOLS, { customContainerTemplate: { containers: [{ image }] } })],
  ...SIDECARS.map((type) => ['other_compute', (image: string) => resource(type, { image })] as const),
  ...SITES.flatMap((type) =>
    ['linuxFxVersion', 'windowsFxVersion'].flatMap((name) => [
      ['other_compute', (image: string) => resource(type, { siteConfig: { [name]: `DOCKER|${image}` } })] as const,
      ['other_compute', (image: string) => resource(`${type}/config`, { [name]: `DOCKER|${image}` })] as const,
    ]),
  ),
];

const PLAIN =
  'TOKEN token githubToken GITHUB_TOKEN TOKEN_GITHUB my.token a:token secret-1 SECRETS ClientSecret DB_PASSWORD ' +
  'dbPassword PASSWD PWD DB_PASS PASSPHRASE sshPassphrase PAT AZURE_DEVOPS_EXT_PAT API_KEY APIKEY openaiApiKey ' +
  'ACCESSKEY_1 storageAccessKey ACCOUNTKEY cosmosAccountKey PRIVATEKEY sshPrivateKey SHAREDKEY KEY BEARER JWT SAS ' +
  'CREDENTIAL userCredential CREDENTIALS awsCredentials APIKEY_2 ACCOUNTKEY_1 PRIVATEKEY_1 CREDENTIAL_1 CREDENTIALS_1 ' +
  'PASSPHRASE_1 PASSWORD_1 ConnectionStrings__Default CONNECTION_STRING_DB';
const HARMLESS =
  'PATH MONKEY TOKENS MAX_TOKENS TOKENIZER PATTERN BYPASS COMPASS PORT SORTKEY A_PUBLIC_KEY A_PARTITION_KEY ' +
  'APPLICATIONINSIGHTS_CONNECTION_STRING';
const TELLING =
  'algorithm audience count days dir directory enabled endpoint expiration expires expiry file header host hours id ' +
  'ids issuer length lifetime limit minutes mode name names path policy prefix ref reference required scope scopes ' +
  'seconds size timeout ttl type uri url version';

/** Variables, and whether they show a credential to whoever may read the resource. */
export const VARIABLES: readonly (readonly [variable: JsonObject, isCredential: boolean])[] = [
  ...PLAIN.split(' ').map((name) => [variable(name, 'x'), true] as const),
  ...HARMLESS.split(' ').map((name) => [variable(name, 'x'), false] as const),
  ...TELLING.split(' ').map((ending) => [variable(`TOKEN_${ending}`, 'x'), false] as const),
  [variable('TOKEN', 7), true],
  [variable('TOKEN', ''), false],
  [variable('TOKEN'), false],
  [variable('TOKEN', '@Microsoft.KeyVault(SecretUri=https://a)'), false],
  [variable('EventHub__credential', 'managedidentity'), false],
  [{ value: 'x' }, false],
];

type Variables = readonly JsonObject[];

/** Every place in which Azure shows policies variables or settings. */
export const VARIABLE_PLACES: readonly ((variables: Variables) => JsonObject)[] = [
  ...['containers', 'initContainers'].flatMap((list): ((variables: Variables) => JsonObject)[] => [
    (environmentVariables) => containerGroup({ properties: { [list]: [{ properties: { environmentVariables } }] } }),
    (environmentVariables) => profile({ [list]: [{ properties: { environmentVariables } }] }),
    (env) => app({ [list]: [{ env }] }),
    (env) => job({ [list]: [{ env }] }),
  ]),
  (env) => resource(POOLS, { customContainerTemplate: { containers: [{ env }] } }),
  ...SITES.flatMap((type) => [
    (appSettings: Variables) => resource(type, { siteConfig: { appSettings } }),
    (appSettings: Variables) => resource(`${type}/config`, { appSettings }),
  ]),
];

/** Types of resources that run code and are no container groups; with the tag they are reported. */
export const COMPUTE: readonly string[] = [
  'Microsoft.App/containerApps',
  'Microsoft.App/jobs',
  POOLS,
  'Microsoft.AppPlatform/Spring',
  'Microsoft.Batch/batchAccounts',
  'Microsoft.Compute/virtualMachines',
  'Microsoft.Compute/virtualMachineScaleSets',
  'Microsoft.ContainerInstance/containerGroupProfiles',
  'Microsoft.ContainerInstance/containerScaleSets',
  'Microsoft.ContainerInstance/nGroups',
  'Microsoft.ContainerService/managedClusters',
  'Microsoft.HybridCompute/machines',
  'Microsoft.Kubernetes/connectedClusters',
  'Microsoft.RedHatOpenShift/openShiftClusters',
  'Microsoft.ServiceFabric/clusters',
  'Microsoft.ServiceFabric/managedClusters',
  'Microsoft.Web/containerApps',
  ...SITES,
  'Microsoft.Web/staticSites',
];
export const tagged = (type: string, tags: JsonObject): JsonObject => resource(type, {}, tags);

/** The same request with every name of a property in capitals, which Azure Resource Manager takes for the same. */
function respell(value: JsonObject): JsonObject {
  const text = JSON.stringify(value).replace(/"([a-z]\w*)":/gi, (whole, name: string) =>
    name === 'type' || name === 'tags' || name === 'MCPServer' ? whole : `"${name.toUpperCase()}":`,
  );
  return JSON.parse(text) as JsonObject;
}

function without(value: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== name));
}
