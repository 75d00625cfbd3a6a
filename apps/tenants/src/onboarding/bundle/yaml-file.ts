import { isMap, isNode, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import type { Issues, Place } from './issues.js';

/** A value read from YAML that still knows where each part of it stands. */
export interface Located<T> {
  readonly value: T;
  readonly at: (...path: readonly (string | number)[]) => Place;
}

interface Source {
  readonly file: string;
  readonly text: string;
  /** Lines of the file before `text` begins. */
  readonly linesBefore?: number;
}

/** Parses YAML by a schema. Null, and every fault at its place, when it does not fit. */
export function parseYaml<T extends z.ZodType>(
  { file, text, linesBefore = 0 }: Source,
  schema: T,
  issues: Issues,
): Located<z.output<T>> | null {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false });
  const toPlace = (offset: number): Place => {
    const { line, col } = counter.linePos(offset);
    return { line: line + linesBefore, column: col };
  };
  if (document.errors.length > 0) {
    for (const { pos, message } of document.errors) {
      issues.add(file, toPlace(pos[0]), { code: 'yaml_malformed', detail: message, help: YAML_HELP });
    }
    return null;
  }
  const at = (...path: readonly (string | number)[]) => toPlace(offsetOf(document, path));
  const value = jsonOf(document);
  if (value === undefined) {
    issues.add(file, { line: linesBefore + 1, column: 1 }, ALIASES);
    return null;
  }
  const result = schema.safeParse(value);
  if (result.success) return { value: result.data, at };
  for (const issue of result.error.issues) addIssue({ file, document, value, toPlace }, issue, issues);
  return null;
}

const ALIASES = {
  code: 'yaml_aliases',
  detail: 'Aliases (*name) lead nowhere or to far too much.',
  help: 'Write the values out instead.',
};
const YAML_HELP = 'Check indentation, quotes and colons here.';

interface Reading {
  readonly file: string;
  readonly document: Document;
  readonly value: unknown;
  readonly toPlace: (offset: number) => Place;
}

function addIssue(
  { file, document, value, toPlace }: Reading,
  issue: z.core.$ZodIssue,
  issues: Issues,
): void {
  const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) {
      issues.add(file, toPlace(keyOffsetOf(document, path, key)), {
        code: 'unknown_field',
        detail: `"${key}" is not a known field here.`,
        help: 'Remove it, or check how it is spelled.',
      });
    }
    return;
  }
  const given = valueAt(value, path);
  const name = fieldName(path);
  if (given === undefined) {
    issues.add(file, toPlace(offsetOf(document, path)), {
      code: 'field_missing',
      detail: `${name} is missing.`,
      help: `Add ${name} here.`,
    });
    return;
  }
  issues.add(file, toPlace(offsetOf(document, path)), {
    code: 'field_invalid',
    detail: `${name}: ${issue.message}.`,
    help: helpFor(given, issue),
  });
}

function helpFor(given: unknown, issue: z.core.$ZodIssue): string {
  if (given === null) return 'In YAML an unquoted # starts a comment: put a colour in quotes, as "#1d4ed8".';
  if (issue.code === 'invalid_value') return `Use one of: ${issue.values.map(String).join(', ')}.`;
  if (issue.code === 'invalid_type') return `Write it as ${article(issue.expected)}.`;
  return 'Correct the value.';
}

function article(type: string): string {
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

function fieldName(path: readonly (string | number)[]): string {
  if (path.length === 0) return 'The content';
  return path.reduce<string>(
    (name, part) =>
      typeof part === 'number' ? `${name}[${part + 1}]` : name === '' ? part : `${name}.${part}`,
    '',
  );
}

/** Where a value stands; where it is missing, where its nearest holder stands. */
function offsetOf(document: Document, path: readonly (string | number)[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}

function keyOffsetOf(document: Document, path: readonly (string | number)[], key: string): number {
  const holder: unknown = path.length === 0 ? document.contents : document.getIn(path, true);
  if (isMap(holder)) {
    const pair = holder.items.find((item) => isScalar(item.key) && String(item.key.value) === key);
    if (isNode(pair?.key) && pair.key.range) return pair.key.range[0];
  }
  return offsetOf(document, path);
}

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (held, part) =>
      typeof held === 'object' && held !== null
        ? (held as Record<string | number, unknown>)[part]
        : undefined,
    value,
  );
}

function jsonOf(document: Document): unknown {
  try {
    return (document.toJS({ maxAliasCount: 100 }) as unknown) ?? null;
  } catch {
    // An alias bomb, or an alias to nothing.
    return undefined;
  }
}
