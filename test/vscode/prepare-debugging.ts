import { buildHostSuite } from './build-host-suite.ts';
import { sampleFolder } from './places.ts';
import { writeSampleWorkspace } from './sample-workspace.ts';

// What the launch configurations of .vscode/launch.json open.

writeSampleWorkspace(sampleFolder);
await buildHostSuite();
