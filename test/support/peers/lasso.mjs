import { spawn } from 'node:child_process';
import { join } from 'node:path';

const script = join(import.meta.dirname, 'lasso-idp.py');

/** Answers by Lasso (C, through its Python binding): what it posts to the service. */
export async function lassoResponse(input) {
  const now = Date.now();
  const instant = (minutes) => new Date(now + minutes * 60_000).toISOString().replace(/\.\d+/, '');
  const given = { notBefore: instant(-1), notOnOrAfter: instant(5), ...input };
  const child = spawn('/usr/bin/python3', [script], { stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.end(JSON.stringify(given));
  const [out, err] = await Promise.all([textOf(child.stdout), textOf(child.stderr)]);
  if (out === '') throw new Error(`Lasso did not answer: ${err.slice(-500)}`);
  return JSON.parse(out);
}

async function textOf(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
