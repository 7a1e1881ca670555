// `node scripts/run.mjs FILE|TOOL [ARGUMENT...]`: installs what the lock file names, and runs a file of ours or a tool as `node24` does. For
// what people start first: npm finds `node24` only once it is installed.
import './install.mjs';
import './node/node24.mjs';
