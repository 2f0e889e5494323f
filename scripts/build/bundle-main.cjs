/**
 * The entry of the deployment package. It runs the bundle beside it, `app.cjs`, with what V8 has compiled of it at
 * build time, so that a new instance need not compile nine megabytes again.
 *
 * V8 itself looks whether its version and its flags are the same, but of the text it compares the length alone
 * (https://nodejs.org/api/vm.html#scriptcachedatarejected). So the file's name says which Node, which processor and
 * which text it is for. Without such a file, and where V8 takes none, the bundle is compiled as always.
 */
const { hash } = require('node:crypto');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { Script } = require('node:vm');

const filename = join(__dirname, 'app.cjs');
const bundle = readFileSync(filename);
const digest = hash('sha256', bundle, 'hex').slice(0, 16);
const cacheFile = join(__dirname, `app-${digest}-${process.version}-${process.arch}.cache`);

// What Node puts around every CommonJS module; the columns of a stack trace are counted without it.
const head = '(function (exports, require, module, __filename, __dirname) {';
const script = new Script(`${head}${bundle.toString()}\n})`, {
  // For stack traces. The name is part of what is compiled, and the package has the same bytes wherever it is built.
  filename: 'app.cjs',
  columnOffset: -head.length,
  cachedData: cached(),
});
script.runInThisContext()(exports, require, module, filename, __dirname);

/** For the build, which writes the file, and for the test. */
exports.compiled = { script, cacheFile };

function cached() {
  try {
    return readFileSync(cacheFile);
  } catch {
    return undefined;
  }
}
