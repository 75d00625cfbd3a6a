import { escapeHtml } from '#libs/kernel';
import { plainPage, type PlainPage } from '../web/plain-page.js';
import type { OpenApiDocument, Operation } from './openapi-document.js';

/** The API to read in a browser: made of HTML alone, so that it runs under the strictest policy. */
export function docsPage(document: OpenApiDocument, brand: PlainPage['brand'], nonce: string): string {
  const sections = document.tags.map(({ name }) => section(name, document)).join('');
  const body = `<p>${escapeHtml(document.info.description)}</p>
<p class="quiet">The same for programs: <a href="/api/v1/openapi.json">/api/v1/openapi.json</a> (OpenAPI ${document.openapi}).</p>${sections}`;
  return plainPage({ title: document.info.title, brand, body, wide: true }, nonce);
}

function section(tag: string, document: OpenApiDocument): string {
  const entries = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(([, { tags }]) => tags.includes(tag))
      .map(([method, operation]) => entry(method, path, operation)),
  );
  return `<section><h2>${escapeHtml(tag)}</h2>${entries.join('')}</section>`;
}

function entry(method: string, path: string, operation: Operation): string {
  const details: string[] = [
    `<p class="quiet">Access: <code>${escapeHtml(operation['x-harka-access'])}</code></p>`,
  ];
  for (const parameter of operation.parameters ?? []) {
    const label = `${parameter.name} (${parameter.in}${parameter.required ? ', required' : ''})`;
    details.push(block(label, parameter.schema));
  }
  if (operation.requestBody !== undefined) details.push(block('Request body', operation.requestBody));
  details.push(block('Answers', operation.responses));
  return `<details><summary><b class="method">${method.toUpperCase()}</b> <code>${escapeHtml(path)}</code>
<span>${escapeHtml(operation.summary)}</span></summary>${details.join('')}</details>`;
}

function block(label: string, value: unknown): string {
  return `<h3>${escapeHtml(label)}</h3><pre tabindex="0">${escapeHtml(JSON.stringify(value, null, 2))}</pre>`;
}
