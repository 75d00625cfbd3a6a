import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join('apps', 'web', 'src', 'routes');

interface Declared {
  readonly file: string;
  readonly name: string;
  readonly parent: string;
  /** Empty where the route has an id only, and no place of its own in an address. */
  readonly path: string;
}

/** The addresses that the web app's router knows, from its own declarations: a new page cannot hide from the tests. */
export function routesOfTheApp(): readonly string[] {
  const declared = readdirSync(FOLDER)
    .filter((name) => /\.routes\.tsx?$/.test(name))
    .flatMap((file) => declaredIn(file));
  const parents = new Set(declared.map((route) => parentOf(route, declared)));
  const paths = declared.filter((route) => !parents.has(route)).map((route) => addressOf(route, declared));
  return [...new Set(paths)].sort();
}

function declaredIn(file: string): Declared[] {
  const text = readFileSync(join(FOLDER, file), 'utf8');
  const found = [...text.matchAll(/^(?:export )?const (\w+) = createRoute\(\{\n([\s\S]*?)^\}\)/gm)];
  const expected = [...text.matchAll(/= createRoute\(/g)].length;
  if (found.length !== expected) {
    throw new Error(`${file} declares a route in another way than the others do.`);
  }
  return found.map(([, name = '', body = '']) => {
    const parent = /getParentRoute: \(\) => (\w+)/.exec(body)?.[1];
    const path = /^ {2}path: '([^']*)'/m.exec(body)?.[1];
    const id = /^ {2}id: '/m.test(body);
    if (parent === undefined || (path === undefined && !id)) {
      throw new Error(`${file} declares the route ${name} without a parent, or without a path.`);
    }
    return { file, name, parent, path: path ?? '' };
  });
}

function parentOf(route: Declared, all: readonly Declared[]): Declared | undefined {
  const named = all.filter(({ name }) => name === route.parent);
  return named.find(({ file }) => file === route.file) ?? named[0];
}

function addressOf(route: Declared, all: readonly Declared[]): string {
  const parent = parentOf(route, all);
  const whole = `${parent === undefined ? '' : addressOf(parent, all)}/${route.path}`;
  const plain = whole.replaceAll(/\/+/g, '/').replace(/\/$/, '');
  return plain === '' ? '/' : plain;
}
