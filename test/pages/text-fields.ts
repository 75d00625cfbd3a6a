import type { Operation, Schema } from '../isolation/operations.js';

/** A place in the body of a write where people put a text of their own. */
export interface TextField {
  readonly operation: Operation;
  /** As problems name it: `/people/0/name`. */
  readonly pointer: string;
  /** The most characters that it takes. */
  readonly longest: number;
  /** A body that is as short as it may be, with a text in this place. */
  readonly body: (text: string) => unknown;
}

/** A value for what a body needs besides the text, by the name of its field. */
export type Sample = (name: string, schema: Schema) => unknown;

interface Place {
  readonly pointer: string;
  readonly longest: number;
  readonly value: (text: string) => unknown;
}

/** What people are given and hand back, or what only a machine writes: nobody reads it, and it is no text. */
const GIVEN = /password|token|secret|ticket|handle|challengeId|^flow$|^code$|sha256|digest|^response$/i;
const DEEPEST = 14;
const UNBOUNDED = 1_000;

/** Every free text of the body, however deep: no format, no pattern and no list says what it must be. */
export function textFieldsOf(operation: Operation, sample: Sample): TextField[] {
  const { body } = operation;
  if (body === undefined) return [];
  const seen = new Map<string, TextField>();
  for (const { pointer, longest, value } of placesOf(body, new Bodies(body, sample), '')) {
    if (!seen.has(pointer)) seen.set(pointer, { operation, pointer, longest, body: value });
  }
  return [...seen.values()];
}

function* placesOf(schema: Schema, bodies: Bodies, name: string, depth = 0): Generator<Place> {
  if (depth > DEEPEST || GIVEN.test(name)) return;
  if (schema.$ref !== undefined) {
    yield* placesOf(bodies.definition(schema.$ref), bodies, name, depth + 1);
    return;
  }
  for (const choice of schema.anyOf ?? schema.oneOf ?? []) yield* placesOf(choice, bodies, name, depth + 1);
  const types = [schema.type].flat();
  if (types.includes('object')) {
    for (const [key, property] of Object.entries(schema.properties ?? {})) {
      for (const place of placesOf(property, bodies, key, depth + 1)) {
        const value = (text: string) => ({ ...bodies.shortest(schema), [key]: place.value(text) });
        yield { ...place, pointer: `/${key}${place.pointer}`, value };
      }
    }
  }
  if (types.includes('array') && schema.items !== undefined) {
    for (const place of placesOf(schema.items, bodies, name, depth + 1)) {
      yield { ...place, pointer: `/0${place.pointer}`, value: (text) => [place.value(text)] };
    }
  }
  const { format, pattern, enum: values, maxLength } = schema;
  const isFree = format === undefined && pattern === undefined && values === undefined;
  if (types.includes('string') && isFree && schema.const === undefined) {
    yield { pointer: '', longest: maxLength ?? UNBOUNDED, value: (text) => text };
  }
}

/** Makes what a body needs, and no more. */
class Bodies {
  constructor(
    private readonly root: Schema,
    private readonly sample: Sample,
  ) {}

  definition(reference: string): Schema {
    const found = this.root.$defs?.[reference.split('/').at(-1) ?? ''];
    if (found === undefined) throw new Error(`The schema refers to ${reference}, which it does not hold.`);
    return found;
  }

  shortest({ properties = {}, required = [] }: Schema): Record<string, unknown> {
    return Object.fromEntries(required.map((name) => [name, this.of(name, properties[name] ?? {})]));
  }

  private of(name: string, schema: Schema): unknown {
    const given = this.sample(name, schema);
    if (given !== undefined) return given;
    if (schema.$ref !== undefined) return this.of(name, this.definition(schema.$ref));
    if (schema.const !== undefined) return schema.const;
    if (schema.enum !== undefined) return schema.enum[0];
    const [choice] = schema.anyOf ?? schema.oneOf ?? [];
    if (choice !== undefined) return this.of(name, choice);
    switch ([schema.type].flat()[0]) {
      case 'object':
        return this.shortest(schema);
      case 'array':
        return (schema.minItems ?? 0) > 0 ? [this.of(name, schema.items ?? {})] : [];
      case 'integer':
      case 'number':
        return schema.minimum ?? 1;
      case 'boolean':
        return false;
      case 'null':
        return null;
      default:
        return 'example'.padEnd(schema.minLength ?? 1, 'x');
    }
  }
}
