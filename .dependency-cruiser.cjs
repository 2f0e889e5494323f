/** The import rules of ARCHITECTURE.md: who may import whom. */
/** Rules over plain data. `domain` empties into the other rooms. */
const PURE = '(domain|cases|people|credentials|steps|permissions|sweep|ingestion)';

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
    only(
      'rules-import-rules',
      `^src/${PURE}/`,
      `^src/${PURE}/|^src/errors\\.ts$|^src/report/`,
      'Rules are pure: no I/O, no SDK, no configuration.',
    ),
    {
      name: 'domain-without-sdks',
      severity: 'error',
      comment: 'Rules know no vendor SDK; the parsers named here are pure.',
      from: { path: `^src/${PURE}/` },
      to: { dependencyTypes: ['npm', 'npm-dev'], pathNot: 'node_modules/(yaml|zod)/' },
    },
    {
      name: 'domain-without-io',
      severity: 'error',
      comment: 'node:crypto and node:zlib are used for digests and checksums only.',
      from: { path: `^src/${PURE}/` },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|zlib|buffer)$' },
    },
    only(
      'connectors-know-no-cases',
      '^src/connectors/',
      `^src/connectors/|^src/${PURE}/|^src/(config|errors|kql)\\.ts$`,
      'Connectors know vendors, not cases.',
    ),
    only(
      'intake-opens-cases',
      '^src/intake/',
      `^src/(connectors|intake)/|^src/${PURE}/|^src/(config|errors)\\.ts$`,
      'Every way in opens a case through it; it knows none of them.',
    ),
    only(
      'doctor-asks-vendors',
      '^src/doctor/',
      `^src/(connectors|doctor)/|^src/${PURE}/|^src/(config|errors)\\.ts$`,
      'The doctor asks vendors about the table of permissions; it knows no case.',
    ),
    only('report-is-rendering', '^src/report/', `^src/report/|^src/${PURE}/`, 'report.json in, HTML or Markdown out.'),
    only(
      'activities',
      '^activities/',
      `^activities/|^src/(connectors|intake|report)/|^src/${PURE}/|^src/(config|durable|errors|kql)\\.ts$`,
      'Activities join connectors to rules.',
    ),
    only(
      'orchestrations-are-deterministic',
      '^orchestrations/',
      `^orchestrations/|^activities/|^src/${PURE}/|^src/report/build/|^src/(durable(-calls)?|errors)\\.ts$`,
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
