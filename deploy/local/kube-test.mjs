// `npm run test:k8s`: see README.md beside this file. The version is looked at before anything newer is loaded.
import { unsupportedNode } from './node-version.mjs';

const unsupported = unsupportedNode(process.versions.node);
if (unsupported) {
  console.error(unsupported);
  process.exitCode = 1;
} else {
  import('./kube-suite.mjs').then((suite) => suite.main());
}
