/** What a pinned action's `action.yml` says: its release, and its inputs (`true`: required and without a default). */
export interface PinnedAction {
  readonly version: string;
  readonly inputs: Readonly<Record<string, boolean>>;
}

const optional = (...names: readonly string[]): Record<string, boolean> =>
  Object.fromEntries(names.map((name) => [name, false]));

/**
 * Every action that a workflow may use, at the one commit that was read. A tag can be moved, a commit cannot.
 * To take another release: resolve its tag to the commit, read the `action.yml` there, and change both places.
 */
export const PINNED_ACTIONS: Readonly<Record<string, PinnedAction>> = {
  'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1': {
    version: 'v7.0.1',
    inputs: optional('repository', 'ref', 'token', 'persist-credentials', 'path', 'clean', 'fetch-depth', 'fetch-tags'),
  },
  'actions/setup-node@820762786026740c76f36085b0efc47a31fe5020': {
    version: 'v7.0.0',
    inputs: optional('node-version', 'node-version-file', 'check-latest', 'cache', 'package-manager-cache'),
  },
  'actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f': {
    version: 'v7.0.0',
    inputs: { path: true, ...optional('name', 'if-no-files-found', 'retention-days', 'include-hidden-files') },
  },
  'actions/download-artifact@3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c': {
    version: 'v8.0.1',
    inputs: optional('name', 'artifact-ids', 'path', 'pattern', 'merge-multiple', 'digest-mismatch'),
  },
  'actions/attest@1e69f48acb82d1966a394da916b4c1698aa569d6': {
    version: 'v4.2.2',
    inputs: optional('subject-path', 'subject-digest', 'subject-name', 'subject-checksums', 'sbom-path'),
  },
  'hashicorp/setup-terraform@dfe3c3f87815947d99a8997f908cb6525fc44e9e': {
    version: 'v4.0.1',
    inputs: optional('terraform_version', 'terraform_wrapper'),
  },
  'azure/login@f5d393ae46f8fde4be8b75f32e3fc50e654ad0ca': {
    version: 'v3.0.1',
    // `creds` (a stored client secret) is left out on purpose: a workflow that uses it fails.
    inputs: optional('client-id', 'tenant-id', 'subscription-id', 'environment', 'allow-no-subscriptions', 'audience'),
  },
  'azure/functions-action@c5060b3b8bb1ebbcb531abd00c822ecbaa8ea656': {
    version: 'v1.5.7',
    // `publish-profile` (a stored password) is left out on purpose.
    inputs: { 'app-name': true, ...optional('package', 'slot-name', 'sku', 'remote-build') },
  },
};
