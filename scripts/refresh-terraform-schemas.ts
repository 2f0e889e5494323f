/**
 * Writes test/infra/schemas/*.json: from the providers' published bindings, the schemas of the resource types
 * and data sources that infra/ uses. Run it after a new type is used (`npm run refresh:terraform-schemas`);
 * the bindings unpack to 160 MB, so they are no dependency.
 *
 *   --from <file>   a schema written by --all, instead of npm; one option per provider
 *   --all <folder>  also writes the complete schemas there
 */
import { execFileSync } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { ProviderSchema, ResourceSchema } from '../test/infra/support/provider/provider-schema.ts';
import { correctSchema } from './terraform-schemas/correct-schema.ts';
import { extractBindings } from './terraform-schemas/extract-bindings.ts';

const root = resolve(import.meta.dirname, '..');

/** The last bindings published for each provider. For azapi there are none: its schema is kept by hand. */
const BINDINGS = [
  { name: 'azurerm', source: 'hashicorp/azurerm', package: '@cdktn/provider-azurerm@16.1.0' },
  { name: 'azuread', source: 'hashicorp/azuread', package: '@cdktf/provider-azuread@14.3.1' },
] as const;

const { values } = parseArgs({ options: { from: { type: 'string', multiple: true }, all: { type: 'string' } } });
const given = (values.from ?? []).map((file) => JSON.parse(readFileSync(file, 'utf8')) as ProviderSchema);
const used = typesIn('infra');

for (const binding of BINDINGS) {
  const file = join(root, `test/infra/schemas/${binding.name}.json`);
  const local = given.find(({ schema }) => Object.keys(schema.resource_schemas)[0]?.startsWith(`${binding.name}_`));
  if (given.length > 0 && local === undefined) continue;
  const full = local ?? download(binding.package, binding.source);
  if (values.all !== undefined) {
    mkdirSync(values.all, { recursive: true });
    writeFileSync(join(values.all, `${binding.name}.json`), JSON.stringify(full));
  }
  const subset = correctSchema({
    source: binding.source,
    version: full.version,
    origin: `${binding.package} (npm, MPL-2.0)`,
    schema: {
      provider: full.schema.provider,
      resource_schemas: pick(full.schema.resource_schemas, used.resources, binding.name),
      data_source_schemas: pick(full.schema.data_source_schemas, used.dataSources, binding.name),
    },
  });
  writeFileSync(file, print(subset));
  const { resource_schemas, data_source_schemas } = subset.schema;
  process.stdout.write(
    `${binding.name} ${subset.version}: ${Object.keys(resource_schemas).length} resources, ${Object.keys(data_source_schemas).length} data sources\n`,
  );
}

function typesIn(folder: string): {
  readonly resources: ReadonlySet<string>;
  readonly dataSources: ReadonlySet<string>;
} {
  const resources = new Set<string>();
  const dataSources = new Set<string>();
  for (const file of globSync(`${folder}/**/*.{tf,tftest.hcl}`, { cwd: root })) {
    const text = readFileSync(join(root, file), 'utf8');
    for (const [, kind, type = ''] of text.matchAll(/^\s*(resource|data)\s+"(\w+)"\s+"\w+"\s*\{/gm))
      (kind === 'data' ? dataSources : resources).add(type);
  }
  return { resources, dataSources };
}

function download(name: string, source: string): ProviderSchema {
  const folder = mkdtempSync(join(tmpdir(), 'provider-bindings-'));
  try {
    execFileSync('npm', ['pack', name, '--silent'], { cwd: folder });
    const archive = readdirSync(folder).find((entry) => entry.endsWith('.tgz'));
    if (archive === undefined) throw new Error(`npm pack ${name} left no archive`);
    const members = ['package/package.json', 'package/lib/*/index.js'];
    execFileSync('tar', ['xzf', archive, '--wildcards', ...members], { cwd: folder });
    return extractBindings(join(folder, 'package'), source, name);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function pick(
  schemas: Readonly<Record<string, ResourceSchema>>,
  types: ReadonlySet<string>,
  provider: string,
): Record<string, ResourceSchema> {
  const own = [...types].filter((type) => type.startsWith(`${provider}_`)).sort();
  return Object.fromEntries(
    own.map((type) => {
      const schema = schemas[type];
      if (schema === undefined) throw new Error(`provider ${provider} has no type ${type}, which infra/ uses`);
      return [type, schema];
    }),
  );
}

/** One line per type: small, and a diff shows which types came and went. */
function print({ schema, ...head }: ProviderSchema): string {
  const types = (schemas: Readonly<Record<string, ResourceSchema>>): string =>
    Object.entries(schemas)
      .map(([type, entry]) => `\n      ${JSON.stringify(type)}: ${JSON.stringify(entry)}`)
      .join(',');
  return `{
${Object.entries(head)
  .map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},\n`)
  .join('')}  "schema": {
    "provider": ${JSON.stringify(schema.provider)},
    "resource_schemas": {${types(schema.resource_schemas)}
    },
    "data_source_schemas": {${types(schema.data_source_schemas)}
    }
  }
}
`;
}
