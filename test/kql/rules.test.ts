// One process for all alert rules: each would load the parser and plan the module for itself.
import './rules/after-departure-watch.ts';
import './rules/audit-agreement.ts';
import './rules/canary.ts';
import './rules/coverage.ts';
import './rules/documentation.ts';
import './rules/expected-callers.ts';
import './rules/file-system-volume.ts';
import './rules/out-of-hours-writes.ts';
import './rules/pipeline-silence.ts';
import './rules/repeated-401.ts';
import './rules/repeated-403.ts';
import './rules/seeded-incident.ts';
