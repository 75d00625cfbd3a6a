import { describe, expect, it } from '@jest/globals';
import { faultInSvg } from './svg.js';

const svg = (inner: string, attributes = '') =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${inner}</svg>`);

describe(faultInSvg.name, () => {
  it.each([
    ['shapes', '<g fill="#123"><path d="M0 0L1 1"/><text>Hello &amp; welcome</text></g>'],
    ['what it refers to itself', '<defs><g id="a"/></defs><use href="#a"/><rect fill="url(#b)"/>'],
    ['an embedded bitmap', '<image href="data:image/png;base64,AAAA"/>'],
    ['harmless styles', '<style>.a { fill: red; }</style><rect class="a" style="stroke: blue"/>'],
    ['a moving shape', '<circle r="1"><animate attributeName="r" from="1" to="2" values="1;2"/></circle>'],
  ])('takes %s', (_, inner) => {
    expect(faultInSvg(svg(inner))).toBeNull();
  });

  it.each([
    ['a script', '<script>alert(1)</script>'],
    ['a script in another case', '<SCRIPT>alert(1)</SCRIPT>'],
    ['a script with a prefix', '<s:script xmlns:s="http://www.w3.org/2000/svg">alert(1)</s:script>'],
    ['a handler', '<rect onload="alert(1)"/>'],
    ['a handler in another case', '<rect oNlOaD="alert(1)"/>'],
    ['a script as an address', '<a href="javascript:alert(1)"><rect/></a>'],
    ['a script as an address, spelt out', '<a href="java&#x0a;script&#58;alert(1)"><rect/></a>'],
    ['a script as an old address', '<a xlink:href=" JaVaScRiPt:alert(1)"><rect/></a>'],
    ['a page within', '<foreignObject><iframe src="//evil.example"/></foreignObject>'],
    ['a drawing from elsewhere', '<use href="https://evil.example/a.svg#a"/>'],
    ['a page as data', '<image href="data:text/html,<script>alert(1)</script>"/>'],
    ['a drawing as data', '<use href="data:image/svg+xml;base64,AAAA"/>'],
    ['an address that is put in later', '<a><set attributeName="href" to="javascript:alert(1)"/></a>'],
    ['a handler that is put in later', '<set attributeName="onclick" to="alert(1)"/>'],
    ['styles from elsewhere', '<style>@import url(//evil.example/a.css)</style>'],
    ['styles from elsewhere, behind something', '<style><x/>@import "//evil.example/a.css"</style>'],
    ['styles from elsewhere, spelt out', '<style>@\\69mport "//evil.example"</style>'],
    ['a picture from a style', '<rect style="fill: url(https://evil.example/a)"/>'],
  ])('refuses %s', (_, inner) => {
    expect(faultInSvg(svg(inner))).toMatchObject({ code: 'media.svg_unsafe' });
  });

  it.each([
    ['a billion laughs', '<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><svg>&b;</svg>'],
    ['an outside entity', '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>'],
    ['another encoding', '<?xml version="1.0" encoding="UTF-7"?><svg>+ADw-script+AD4-</svg>'],
    ['a style sheet of its own', '<?xml-stylesheet href="//evil.example/a.css"?><svg/>'],
    ['what only mentions a drawing', '<html><svg/></html>'],
  ])('refuses %s', (_, text) => {
    expect(faultInSvg(Buffer.from(text))).not.toBeNull();
  });
});
