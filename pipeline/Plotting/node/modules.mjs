// The packages stand in a folder of their own, named by the hash of package-lock.json, not beside these scripts.
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

export function openModules(folder) {
  const require = createRequire(path.join(folder, 'here.js'));
  return {
    load: async name => import(pathToFileURL(require.resolve(name)).href),
    file: name => path.join(folder, ...name.split('/')),
  };
}
