import { describe, expect, it } from '@jest/globals';
import { toPicture } from './picture.js';

const svg = (inner: string) =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8">${inner}</svg>`);
const cleaned = (inner: string) => toPicture(svg(inner)).bytes.toString();

describe(toPicture.name, () => {
  it.each([
    ['image/png', Buffer.from('89504e470d0a1a0a00000000', 'hex')],
    ['image/x-icon', Buffer.from('000001000100', 'hex')],
    ['image/webp', Buffer.from('RIFF\0\0\0\0WEBPVP8 ')],
    ['image/svg+xml', Buffer.from('\uFEFF<?xml version="1.0"?>\n<!-- logo --><svg viewBox="0 0 1 1"></svg>')],
  ])('knows %s by its bytes', (contentType, bytes) => {
    expect(toPicture(bytes)).toMatchObject({ contentType, digest: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  it.each(['GIF89a', '<html><svg></svg></html>', '%PDF-1.7', ''])('refuses %j', (text) => {
    expect(() => toPicture(Buffer.from(text))).toThrow('none of image/png');
  });

  it('refuses more than half a mebibyte', () => {
    expect(() => toPicture(Buffer.alloc(512 * 1024 + 1, 0x89))).toThrow('512 KiB');
  });

  it('keeps the drawing of an SVG, names in camel case included', () => {
    const drawing =
      '<defs><linearGradient id="a" gradientUnits="userSpaceOnUse"><stop offset="0" stop-color="#fff"></stop></linearGradient></defs>' +
      '<path d="M0 0L8 8" fill="url(#a)"></path>';
    expect(cleaned(drawing)).toContain('<path d="M0 0L8 8" fill="url(#a)"');
    expect(cleaned(drawing)).toContain('<linearGradient id="a" gradientUnits="userSpaceOnUse">');
    expect(cleaned(drawing)).toContain('viewBox="0 0 8 8"');
  });

  it.each([
    '<script>alert(1)</script>',
    '<script xlink:href="https://evil.example/x.js"/>',
    '<path onload="alert(1)" d="M0 0"/>',
    '<a href="javascript:alert(1)"><path d="M0 0"/></a>',
    '<foreignObject><body onload="alert(1)"/></foreignObject>',
    '<style>@import url(https://evil.example/alert.css)</style>',
    '<image href="https://evil.example/alert.png"/>',
    '<use href="https://evil.example/alert.svg#x"/>',
    '<rect fill="url(https://evil.example/alert)"/>',
    '<rect style="background:url(https://evil.example/alert)"/>',
    '<set attributeName="onmouseover" to="alert(1)"/>',
    '<!DOCTYPE svg [<!ENTITY alert "x">]><text>&alert;</text>',
  ])('drops %s', (inner) => {
    expect(cleaned(inner)).not.toMatch(
      /<script|onload|javascript:|evil|<style|style=|<set|ENTITY|foreignObject/i,
    );
  });
});
