/**
 * The import rules of ARCHITECTURE.md: a room may import itself and the rooms named beside it, which stand below it.
 * Types count like values, so that the drawing of the house has no arrow that runs up.
 */
const ROOMS = {
  'src/shapes/': [],
  'src/people/': ['src/shapes/'],
  'src/cases/': ['src/people/', 'src/shapes/'],
  'src/html/': ['src/cases/'],
  'src/credentials/': ['src/people/'],
  'src/ingestion/': ['src/credentials/'],
  'src/sweep/': ['src/cases/', 'src/people/', 'src/shapes/'],
  'src/connectors/': [
    'src/cases/',
    'src/people/',
    'src/credentials/',
    'src/ingestion/',
    'src/deadline',
    'src/errors',
    'src/config',
    'src/kql',
  ],
  'src/steps/': [
    'src/cases/',
    'src/people/',
    'src/shapes/',
    'src/html/',
    'src/credentials/',
    'src/ingestion/',
    'src/connectors/',
    'src/errors',
  ],
  'src/permissions/': ['src/steps/', 'src/cases/', 'src/connectors/'],
  'src/report/': ['src/steps/', 'src/html/', 'src/cases/', 'src/people/', 'src/shapes/', 'src/credentials/'],
  'src/doctor/': [
    'src/permissions/',
    'src/connectors/',
    'src/steps/',
    'src/cases/',
    'src/config',
    'src/coverage-settings',
    'src/errors',
  ],
  'src/outbox/': ['src/report/', 'src/connectors/', 'src/credentials/', 'src/cases/', 'src/config', 'src/log'],
  'src/intake/': [
    'src/outbox/',
    'src/connectors/',
    'src/credentials/',
    'src/cases/',
    'src/people/',
    'src/config',
    'src/deadline',
    'src/errors',
    'src/log',
  ],
  'src/duties/': [
    'src/outbox/',
    'src/intake/',
    'src/report/',
    'src/connectors/',
    'src/credentials/',
    'src/sweep/',
    'src/cases/',
    'src/people/',
    'src/shapes/',
    'src/config',
    'src/deadline',
    'src/errors',
    'src/log',
  ],
  'src/api/': [
    'src/connectors/',
    'src/intake/',
    'src/doctor/',
    'src/steps/',
    'src/sweep/',
    'src/shapes/',
    'src/cases/',
    'src/people/',
    'src/credentials/',
    'src/config',
    'src/errors',
    'src/log',
  ],
  'src/durable/': [
    'src/shapes/',
    'src/connectors/',
    'src/credentials/',
    'src/config',
    'src/deadline',
    'src/errors',
    'src/log',
  ],
  'src/triggers/': ['src/(?!main|durable)'],
  'activities/': ['src/(?!main|triggers|api|doctor)'],
  'orchestrations/': [
    'activities/(?!index)',
    'src/(cases|people|steps|shapes)/',
    'src/durable/(failure|shapes)',
    'src/errors',
  ],
  'orchestrations/lib/': ['src/cases/', 'src/durable/(failure|shapes)', 'src/errors'],
  // A client like any other: it knows the API by its contract.
  'cli/': [],
};

/** Rules over plain data: no vendor at run time, no I/O, no clock, no chance (the last two are Biome's). */
const PURE =
  '^src/(shapes|people|cases|credentials|ingestion|sweep|permissions|steps/(?!.+/page/))|^src/(intake|outbox)/rules/|^src/durable/(failure|shapes)';
/** What a vendor's failure looks like; it loads no SDK. */
const RESULT = '^src/connectors/(result|map-bounded)\\.ts$';

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^@azure/functions-core$|^@microsoft/microsoft-graph-types' },
    },
    ...Object.entries(ROOMS).map(([room, below]) => ({
      name: `below ${room}`,
      severity: 'error',
      from: { path: `^${room}` },
      to: {
        path: '^(src|orchestrations|activities|local|test|bench|scripts|cli)/',
        pathNot: [room, ...below].map((each) => `^${each}`),
      },
    })),
    {
      name: 'nothing-looks-up',
      severity: 'error',
      comment: 'main.ts stands on top: it registers everything, and nothing of the product imports it.',
      from: { path: '^(src|orchestrations|activities)/' },
      to: { path: '^src/main\\.ts$' },
    },
    {
      name: 'declarations-load-no-sdk',
      severity: 'error',
      comment: 'Steps get their vendors as arguments; importing the registry must load none.',
      from: { path: '^src/(steps|permissions|report|html|cases|people|shapes|credentials)/' },
      to: { path: '^src/connectors/', pathNot: `${RESULT}|/permissions\\.ts$`, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'rules-without-sdks',
      severity: 'error',
      comment: 'Rules know no package but the pure parsers and the calendar named here.',
      from: { path: PURE },
      to: { dependencyTypes: ['npm', 'npm-dev'], pathNot: 'node_modules/(temporal-polyfill|yaml|zod)/' },
    },
    {
      name: 'rules-without-io',
      severity: 'error',
      comment: 'node:crypto and node:zlib are used for digests and checksums only.',
      from: { path: PURE },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|zlib|buffer)$' },
    },
    {
      name: 'orchestrations-without-io',
      severity: 'error',
      comment: 'What is replayed calls activities, and knows the engine alone.',
      from: { path: '^orchestrations/|^activities/phases' },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev'], pathNot: 'node_modules/(durable-functions|zod)/' },
    },
    {
      name: 'product-without-local',
      severity: 'error',
      comment: 'The product never imports what runs it on one machine.',
      from: { path: '^(src|orchestrations|activities)/' },
      to: { path: '^(local|test|bench|scripts|cli)/' },
    },
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
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
