import type { Issues } from './issues.js';

export interface FrontMatter {
  readonly yaml: string;
  readonly body: string;
}

/** Splits a Markdown file into the YAML between its `---` lines and the rest. The YAML begins in line 2. */
export function splitFrontMatter(file: string, text: string, issues: Issues): FrontMatter | null {
  const match = /^---[ \t]*\r?\n([\s\S]*?)^---[ \t]*(?:\r?\n|$)([\s\S]*)$/m.exec(text);
  if (match !== null && match.index === 0) return { yaml: match[1] ?? '', body: (match[2] ?? '').trim() };
  issues.add(
    file,
    { line: 1, column: 1 },
    {
      code: 'front_matter_missing',
      detail: 'The lesson does not begin with its front matter.',
      help: 'Begin with a line ---, then "title: …" and "minutes: …", then another line ---.',
    },
  );
  return null;
}
