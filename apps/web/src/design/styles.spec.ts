import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const SOURCES = join('apps', 'web', 'src');
const files = readdirSync(SOURCES, { recursive: true })
  .map((name) => resolve(SOURCES, String(name)))
  .filter((name) => /\.(?:tsx?|css)$/.test(name) && !name.endsWith('.spec.ts'));
const textOf = new Map(files.map((name) => [name, readFileSync(name, 'utf8')]));
const sheets = files.filter((name) => name.endsWith('.css'));
const short = (name: string): string => name.slice(resolve(SOURCES).length + 1);
const rulesOf = (sheet: string): string => (textOf.get(sheet) ?? '').replaceAll(/\/\*[\s\S]*?\*\//g, '');

/** The sheets in which a selector begins with the class: those that give it its looks. */
const sheetsOf = new Map<string, Set<string>>();
for (const sheet of sheets) {
  for (const [, name = ''] of rulesOf(sheet).matchAll(/(?:^|[{},])\s*\.([a-z][\w-]*)/g)) {
    sheetsOf.set(name, (sheetsOf.get(name) ?? new Set()).add(sheet));
  }
}

const asFile = (from: string, to: string): string => {
  const path = resolve(dirname(from), to);
  if (path.endsWith('.css')) return path;
  const plain = path.replace(/\.js$/, '');
  return existsSync(`${plain}.tsx`) ? `${plain}.tsx` : `${plain}.ts`;
};

/** Everything that comes with a module: what it imports, and what that imports. */
function comesWith(entry: string): Set<string> {
  const found = new Set([entry]);
  // A set is walked to what is added on the way.
  for (const name of found) {
    const text = textOf.get(name) ?? '';
    for (const [, to = ''] of text.matchAll(/^(?:import|export)(?! type)\b[^;]*?['"](\.[^'"]+)['"];/gm)) {
      found.add(asFile(name, to));
    }
  }
  return found;
}

function classesIn(name: string): string[] {
  const attributes = (textOf.get(name) ?? '').matchAll(/className=(?:"([^"]*)"|\{([^}]*)\})/g);
  return [...attributes].flatMap(([, plain, code = '']) => {
    const texts =
      plain === undefined ? [...code.matchAll(/['"]([^'"]*)['"]/g)].map(([, text = '']) => text) : [plain];
    return texts.flatMap((text) => text.split(/\s+/)).filter((word) => word !== '');
  });
}

const entries = new Set(
  files.flatMap((name) =>
    [...(textOf.get(name) ?? '').matchAll(/import\(\s*['"](\.[^'"]+)['"]/g)]
      .map(([, to = '']) => asFile(name, to))
      .filter((entry) => entry.endsWith('.tsx')),
  ),
);

describe('styles', () => {
  const always = comesWith(resolve(SOURCES, 'main.tsx'));

  it('come with the page that uses them, whichever page was open before', () => {
    const missing = [...entries].flatMap((entry) => {
      const there = comesWith(entry);
      const isStyled = (sheet: string): boolean => there.has(sheet) || always.has(sheet);
      return [...there].flatMap((name) =>
        classesIn(name)
          .filter((word) => {
            const from = sheetsOf.get(word);
            return from !== undefined && ![...from].some(isStyled);
          })
          .map((word) => `${short(entry)}: .${word} of ${short(name)}`),
      );
    });
    expect([...new Set(missing)]).toEqual([]);
  });

  it('name only colours, spaces and sizes that there are', () => {
    const said = [...textOf.values()].join('\n');
    const used = new Set(
      sheets.flatMap((sheet) =>
        [...rulesOf(sheet).matchAll(/var\((--[\w-]+)/g)].map(([, name = '']) => name),
      ),
    );
    // React Aria measures this one.
    used.delete('--trigger-width');
    expect([...used].filter((name) => !said.includes(`${name}:`) && !said.includes(`'${name}'`))).toEqual([]);
  });

  it('are each in a layer, so that none goes before all others', () => {
    expect(sheets.filter((sheet) => !rulesOf(sheet).trimStart().startsWith('@layer')).map(short)).toEqual([]);
  });
});
