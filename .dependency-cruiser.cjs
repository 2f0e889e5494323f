/** The import rules of ARCHITECTURE.md: who may import whom. */
const only = (name, from, allowed, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from },
  to: { path: '^(src|orchestrations|activities|local|test|bench|scripts)/', pathNot: allowed },
});

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^@azure/functions-core$|^@microsoft/microsoft-graph-types' },
    },
    only('domain-imports-nothing', '^src/domain/', '^src/domain/', 'Rules are pure: no I/O, no SDK, no configuration.'),
    {
      name: 'domain-without-sdks',
      severity: 'error',
      comment: 'Rules know no vendor SDK; the parsers named here are pure.',
      from: { path: '^src/domain/' },
      to: { dependencyTypes: ['npm', 'npm-dev'], pathNot: 'node_modules/(yaml|zod)/' },
    },
    {
      name: 'domain-without-io',
      severity: 'error',
      comment: 'node:crypto and node:zlib are used for digests and checksums only.',
      from: { path: '^src/domain/' },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|zlib|buffer)$' },
    },
    only(
      'connectors-know-no-cases',
      '^src/connectors/',
      '^src/(connectors|domain)/|^src/(config|kql)\\.ts$',
      'Connectors know vendors, not cases.',
    ),
    only(
      'intake-opens-cases',
      '^src/intake/',
      '^src/(connectors|domain|intake)/|^src/config\\.ts$',
      'Every way in opens a case through it; it knows none of them.',
    ),
    only(
      'doctor-asks-vendors',
      '^src/doctor/',
      '^src/(connectors|doctor|domain)/|^src/config\\.ts$',
      'The doctor asks vendors about the table of permissions; it knows no case.',
    ),
    only('report-is-rendering', '^src/report/', '^src/(report|domain)/', 'report.json in, HTML or Markdown out.'),
    only(
      'activities',
      '^activities/',
      '^activities/|^src/(connectors|domain|intake|report)/|^src/(config|durable|kql)\\.ts$',
      'Activities join connectors to rules.',
    ),
    only(
      'orchestrations-are-deterministic',
      '^orchestrations/',
      '^orchestrations/|^activities/|^src/domain/|^src/durable(-calls)?\\.ts$',
      'An orchestrator that reached a connector or the configuration would not replay.',
    ),
    {
      name: 'orchestrations-without-io',
      severity: 'error',
      from: { path: '^orchestrations/' },
      to: { dependencyTypes: ['core'] },
    },
    only(
      'product-without-local',
      '^(src|orchestrations|activities)/',
      '^(src|orchestrations|activities)/',
      'The product never imports what runs it on one machine.',
    ),
    {
      name: 'one-entry',
      severity: 'error',
      comment: 'Only main.ts registers functions.',
      from: { pathNot: '^(src/main\\.ts|test/|local/)' },
      to: { path: '^(activities|orchestrations|src/triggers)/index\\.ts$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
