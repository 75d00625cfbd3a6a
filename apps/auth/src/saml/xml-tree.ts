import { parseDomFromString } from '@node-saml/node-saml/lib/xml.js';
import { Refusal } from '../federation/refusal.js';

/** An element, read once: names, plain attributes, children and all of its text. */
export interface XmlElement {
  readonly name: string;
  readonly namespace: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  readonly text: string;
  /** What the parser made, for the library that verifies it. */
  readonly node: DomElement;
}

/** What of the parser's DOM is looked at. */
export interface DomElement {
  readonly nodeType: number;
  readonly localName: string;
  readonly namespaceURI: string | null;
  readonly textContent: string | null;
  readonly attributes: {
    readonly length: number;
    item(index: number): { readonly name: string; readonly localName: string; readonly value: string } | null;
  };
  readonly childNodes: { readonly length: number; item(index: number): DomElement | null };
  toString(): string;
}

const ELEMENT = 1;
const MOST_CHARACTERS = 256 * 1024;
const DEEPEST = 60;

/**
 * Refuses what messages have no need of and parsers have disagreed about: document types and so entities, comments, CDATA
 * sections, processing instructions, bottomless nesting. Before any parser sees it.
 * @throws Refusal
 */
export function requirePlainXml(xml: string, mayHaveComments = false, most = MOST_CHARACTERS): void {
  if (xml.length > most) throw new Refusal('too_large');
  const body = xml.replace(/^\uFEFF?\s*<\?xml\s[^?>]*\?>/, '');
  const marked = mayHaveComments ? body.replace(/<!--[\s\S]*?-->/g, '') : body;
  if (marked.includes('<!') || marked.includes('<?')) throw new Refusal('xml_not_plain');
  let depth = 0;
  for (const [tag] of marked.matchAll(/<[^<>]*>/g)) {
    if (tag.startsWith('</')) depth -= 1;
    else if (!tag.endsWith('/>')) depth += 1;
    if (depth > DEEPEST) throw new Refusal('too_deep');
  }
}

/** @throws Refusal when it is not well-formed */
export async function readXml(xml: string): Promise<XmlElement> {
  let document: { readonly documentElement: DomElement | null };
  try {
    document = (await parseDomFromString(xml)) as typeof document;
  } catch (cause) {
    throw new Refusal('xml_malformed', {}, cause);
  }
  if (document.documentElement === null) throw new Refusal('xml_malformed');
  return treeOf(document.documentElement);
}

function treeOf(node: DomElement): XmlElement {
  const attributes = new Map<string, string>();
  for (let index = 0; index < node.attributes.length; index += 1) {
    const attribute = node.attributes.item(index);
    if (attribute !== null && !attribute.name.includes(':')) attributes.set(attribute.name, attribute.value);
  }
  const children: XmlElement[] = [];
  for (let index = 0; index < node.childNodes.length; index += 1) {
    const child = node.childNodes.item(index);
    if (child?.nodeType === ELEMENT) children.push(treeOf(child));
  }
  return {
    ...{ name: node.localName, namespace: node.namespaceURI ?? '', attributes, children, node },
    text: node.textContent ?? '',
  };
}

/** The element itself and all below it. */
export function everyElement(element: XmlElement): XmlElement[] {
  return [element, ...element.children.flatMap(everyElement)];
}

export function childrenOf({ children }: XmlElement, namespace: string, name: string): XmlElement[] {
  return children.filter((child) => child.namespace === namespace && child.name === name);
}

/** The one child of that name. Undefined when there is none, and when there are several. */
export function childOf(element: XmlElement, namespace: string, name: string): XmlElement | undefined {
  const found = childrenOf(element, namespace, name);
  return found.length === 1 ? found[0] : undefined;
}

/** The values of whatever could pass for an id: `ID`, `Id`, `xml:id`, `other:ID` … */
export function idsOf({ node: { attributes } }: XmlElement): string[] {
  const ids: string[] = [];
  for (let index = 0; index < attributes.length; index += 1) {
    const attribute = attributes.item(index);
    if (attribute !== null && attribute.localName.toLowerCase() === 'id') ids.push(attribute.value);
  }
  return ids;
}
