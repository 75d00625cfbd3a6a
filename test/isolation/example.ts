import type { Schema } from './operations.js';

/** Gives the ids that an attacker would try. */
export type IdSource = () => string;

/** A value that fits the schema, with a foreign id wherever an id is asked for. */
export function exampleOf(schema: Schema, id: IdSource, root: Schema = schema, depth = 0): unknown {
  const inner = (next: Schema) => exampleOf(next, id, root, depth + 1);
  if (schema.$ref !== undefined) return depth > 6 ? undefined : inner(definitionOf(schema.$ref, root));
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  const [choice] = schema.anyOf ?? schema.oneOf ?? [];
  if (choice !== undefined) return inner(choice);
  if (schema.allOf !== undefined) return Object.assign({}, ...schema.allOf.map(inner)) as unknown;
  switch ([schema.type].flat()[0]) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {})
          .filter(([name, property]) => schema.required?.includes(name) === true || asksForId(property))
          .map(([name, property]) => [name, inner(property)]),
      );
    case 'array':
      return (schema.minItems ?? 0) > 0 || (schema.items !== undefined && asksForId(schema.items))
        ? [inner(schema.items ?? {})]
        : [];
    case 'integer':
    case 'number':
      return schema.minimum ?? 1;
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return textOf(schema, id);
  }
}

function asksForId(schema: Schema): boolean {
  return (
    schema.format === 'uuid' ||
    (schema.items !== undefined && asksForId(schema.items)) ||
    (schema.anyOf ?? []).some(asksForId)
  );
}

function textOf({ format, pattern, minLength = 1 }: Schema, id: IdSource): string {
  if (format === 'uuid') return id();
  if (format === 'email') return 'somebody@elsewhere.example';
  if (format === 'date-time') return '2030-01-01T00:00:00Z';
  if (pattern?.includes('#') === true) return '#1d4ed8';
  return 'example'.padEnd(minLength, 'x');
}

function definitionOf(reference: string, root: Schema): Schema {
  const found = root.$defs?.[reference.split('/').at(-1) ?? ''];
  if (found === undefined) throw new Error(`The schema refers to ${reference}, which it does not hold.`);
  return found;
}
