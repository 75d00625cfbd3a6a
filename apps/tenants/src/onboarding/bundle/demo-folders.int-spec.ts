import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Issues } from './issues.js';
import { readBundle } from './read-bundle.js';

const demo = join('deploy', 'demo');

async function filesOf(folder: string): Promise<Map<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    await Promise.all(paths.map(async (path) => [relative(folder, path), await readFile(path)] as const)),
  );
}

describe('the folders of the demo', () => {
  it.each([
    ['acme', 'starter', 40],
    ['globex', 'growth', 400],
    ['initech', 'enterprise', 1_400],
  ])(
    '%s is without fault, on the plan %s, with %d people and two courses or more',
    async (slug, plan, users) => {
      const issues = new Issues();
      const { bundle } = readBundle(await filesOf(join(demo, slug)), issues);
      expect(issues.list()).toEqual([]);
      expect(bundle?.tenant).toMatchObject({ slug, plan });
      expect(bundle?.users).toHaveLength(users);
      expect(bundle?.courses.length).toBeGreaterThanOrEqual(2);
      const named = bundle?.users.map(({ email }) => email);
      for (const role of ['owner', 'author', 'learner']) expect(named).toContain(`${role}@${slug}.example`);
    },
  );
});
