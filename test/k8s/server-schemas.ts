import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { must } from './cluster.js';

type Schema = Record<string, unknown>;
const index = z.object({ paths: z.record(z.string(), z.object({ serverRelativeURL: z.string() })) });
const identity = z.array(z.object({ group: z.string(), kind: z.string(), version: z.string() }));
const document = z.object({
  components: z.object({ schemas: z.record(z.string(), z.record(z.string(), z.unknown())) }),
});

let written: Promise<string> | undefined;

/** What the server itself says of every kind, those of definitions too, as files for kubeconform. Tells where they are. */
export async function schemasOfServer(folder: string): Promise<string> {
  written ??= write(folder);
  return written;
}

async function write(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const { paths } = index.parse(await must('GET', '/openapi/v3'));
  const groups = Object.entries(paths).filter(([path]) => /^apis?\/.*v\d/.test(path));
  await Promise.all(
    groups.map(async ([, { serverRelativeURL }]) => {
      const { components } = document.parse(await must('GET', serverRelativeURL));
      const definitions = Object.fromEntries(
        Object.entries(components.schemas).map(([name, schema]) => [name, strict(schema)]),
      );
      for (const [name, schema] of Object.entries(components.schemas)) {
        const kinds = identity.safeParse(schema['x-kubernetes-group-version-kind']);
        if (!kinds.success || kinds.data.length !== 1) continue;
        for (const { group, kind, version } of kinds.data) {
          const file = [kind, ...(group === '' ? [] : [group.split('.')[0]]), version]
            .join('-')
            .toLowerCase();
          const text = { $ref: `#/components/schemas/${name}`, components: { schemas: definitions } };
          await writeFile(join(folder, `${file}.json`), JSON.stringify(text));
        }
      }
    }),
  );
  return join(folder, '{{ .ResourceKind }}{{ .KindSuffix }}.json');
}

/** An object that names its fields has no others; a field may be both number and text where the server takes both. */
function strict(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strict);
  if (typeof value !== 'object' || value === null) return value;
  const schema: Schema = Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, strict(part)]),
  );
  if (schema['x-kubernetes-int-or-string'] === true || schema['format'] === 'int-or-string') {
    return { type: ['string', 'integer'] };
  }
  const closed =
    schema['properties'] !== undefined &&
    schema['additionalProperties'] === undefined &&
    schema['x-kubernetes-preserve-unknown-fields'] !== true;
  return closed ? { ...schema, additionalProperties: false } : schema;
}
