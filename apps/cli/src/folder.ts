import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { MAX_BUNDLE_BYTES, type Bundle } from '#libs/contracts/tenants';
import { Failure } from './failure.js';

// What desktops leave in folders.
const litter = new Set(['Thumbs.db', 'desktop.ini']);

/** Reads an onboarding folder; hidden files and what desktops leave behind stay out. */
export async function readFolder(folder: string): Promise<Bundle> {
  const paths = await pathsIn(folder);
  if (paths.length === 0) throw new Failure(`${folder} is empty.`, 'cli.folder_empty');
  const files: Bundle['files'] = [];
  let size = 0;
  for (const path of paths) {
    const content = (await readFile(join(folder, path))).toString('base64');
    size += content.length + path.length + 40;
    if (size > MAX_BUNDLE_BYTES) {
      throw new Failure(
        `${folder} is larger than one import may be (${MAX_BUNDLE_BYTES / 1024 / 1024} MiB once encoded). ` +
          'Move videos out of it and refer to them by url.',
        'cli.folder_too_large',
      );
    }
    files.push({ path: path.split(sep).join('/'), content });
  }
  return { files };
}

async function pathsIn(folder: string): Promise<string[]> {
  const found = await stat(folder).catch(() => null);
  if (found === null) throw new Failure(`There is no folder ${folder}.`, 'cli.folder_missing');
  if (!found.isDirectory()) throw new Failure(`${folder} is not a folder.`, 'cli.folder_missing');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !litter.has(entry.name))
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)))
    .filter((path) => !path.split(sep).some((part) => part.startsWith('.')))
    .sort();
}
