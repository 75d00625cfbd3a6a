import { Parser } from 'htmlparser2';
import type { FileFault } from './file-fault.js';

export const LARGEST_SVG = 5 * 1024 ** 2;

/** Elements that run, embed or leave the drawing. */
const forbidden = new Set([
  ...['script', 'handler', 'listener', 'foreignobject', 'iframe', 'embed', 'object', 'audio', 'video'],
  ...['html', 'body', 'form', 'input', 'meta', 'link', 'base'],
]);
/** Elements that change an attribute of another while the drawing is shown. */
const animations = new Set(['set', 'animate', 'animatetransform', 'animatemotion']);
const addresses = new Set(['href', 'src', 'action', 'formaction', 'to', 'from', 'values', 'by']);

/** A drawing is refused when it could run something, load something, or grow without end. */
export function faultInSvg(content: Buffer): FileFault | null {
  const text = content.toString('utf8');
  const encoding = /^\ufeff?\s*<\?xml[^>]*\bencoding\s*=\s*["']([^"']+)["']/i.exec(text)?.[1];
  if (encoding !== undefined && !/^(?:utf-?8|us-ascii)$/i.test(encoding)) {
    return unsafe('is not written in UTF-8');
  }
  if (/<!ENTITY/i.test(text) || /<!DOCTYPE[^>]*\[/i.test(text)) return unsafe('declares entities of its own');
  if (/<\?xml-stylesheet/i.test(text)) return unsafe('loads a style sheet');
  return faultInElements(text);
}

function faultInElements(text: string): FileFault | null {
  const faults: FileFault[] = [];
  const open: string[] = [];
  let root = '';
  let style = '';
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const element = localName(name);
        if (root === '') root = element;
        open.push(element);
        const fault = faultInElement(element, attributes);
        if (fault !== null) faults.push(fault);
      },
      ontext(data) {
        if (open.includes('style')) style += data;
      },
      onclosetag() {
        open.pop();
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(text);
  const [fault] = faults;
  if (fault !== undefined) return fault;
  if (root !== 'svg') return unsafe('is no SVG drawing');
  return loadsFromStyle(style) ? unsafe('loads something from its styles') : null;
}

function faultInElement(element: string, attributes: Readonly<Record<string, string>>): FileFault | null {
  if (forbidden.has(element)) return unsafe(`holds <${element}>, which can run or load something`);
  for (const [attribute, value] of Object.entries(attributes)) {
    const name = localName(attribute);
    if (name.startsWith('on')) return unsafe(`holds the script ${name}`);
    if (animations.has(element) && name === 'attributename' && /^(?:on|.*href$)/i.test(value.trim())) {
      return unsafe('changes an address or a script while it is shown');
    }
    if (addresses.has(name) && leadsAway(value)) {
      return unsafe(`refers to something outside of it by ${name}`);
    }
    if (loadsFromStyle(name === 'style' || /url\s*\(/i.test(value) ? value : '')) {
      return unsafe('loads something from its styles');
    }
  }
  return null;
}

/** A fragment of the drawing itself and an embedded bitmap may stay; a link that a reader follows may lead to the web. */
function leadsAway(value: string): boolean {
  // Browsers ignore white space and controls within a scheme.
  // eslint-disable-next-line no-control-regex -- control characters are what this takes out
  const address = value.replace(/[\u0000-\u0020\u007f-\u00a0]/g, '').toLowerCase();
  if (address === '' || address.startsWith('#')) return false;
  if (/^data:image\/(?:png|jpeg|gif|webp)[;,]/.test(address)) return false;
  return /^(?:[a-z][a-z0-9+.-]*:|\/\/)/.test(address) && !/^\d/.test(address);
}

function loadsFromStyle(style: string): boolean {
  // A backslash can spell any of these words another way.
  if (style.includes('\\')) return true;
  if (/@import|expression\s*\(|-moz-binding|behavior\s*:|javascript:/i.test(style)) return true;
  return [...style.matchAll(/url\s*\(\s*["']?([^"')]*)/gi)].some(([, address = '']) => leadsAway(address));
}

function localName(name: string): string {
  return (name.split(':').at(-1) ?? name).toLowerCase();
}

function unsafe(reason: string): FileFault {
  return { code: 'media.svg_unsafe', detail: `The drawing ${reason}. Export it as plain SVG or as PNG.` };
}
