/** `npm run bench`: each benchmark compares with something measured in the same run. */
import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { nodeExecutable, prepare, projectFolder } from './prepare.mjs';

await prepare();
for (const name of ['scan-to-request', 'bundle-size', 'start-to-window', 'find-and-day', 'export', 'reconcile']) {
  console.log(`# ${name}`);
  const { status } = spawnSync(nodeExecutable(), [`bench/${name}.ts`], { cwd: projectFolder, stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
