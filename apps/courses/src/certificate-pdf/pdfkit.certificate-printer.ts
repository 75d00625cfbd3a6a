import { Injectable } from '@nestjs/common';
import PDFDocument from 'pdfkit';
import { codeOf, type Certificate } from '../certificate/certificate.js';
import type { Brand } from './brand.js';
import { CertificatePrinter } from './certificate-printer.js';
import { FontFiles } from './font-files.js';
import { readSvgLogo } from './svg-logo.js';
import { Typesetter, type TextStyle } from './typesetter.js';
import { dayIn, wordingIn } from './wording.js';

type Document = InstanceType<typeof PDFDocument>;

// A4, landscape, in points.
const WIDTH = 841.89;
const HEIGHT = 595.28;
const CENTER = WIDTH / 2;
const MARGIN = 34;
const TEXT_WIDTH = WIDTH - 4 * MARGIN - 40;
const GREY = '#5b6470';
const RULE = '#d5d9df';

@Injectable()
export class PdfkitCertificatePrinter extends CertificatePrinter {
  private readonly fonts = new FontFiles();

  async print(certificate: Certificate, brand: Brand, verifyUrl: string): Promise<Buffer> {
    try {
      return await this.draw(certificate, brand, verifyUrl);
    } catch (error) {
      // Most likely the logo: half a drawing cannot be taken back, so the page is begun anew with the name instead.
      if (brand.logo === null) throw error;
      return this.draw(certificate, { ...brand, logo: null }, verifyUrl);
    }
  }

  private async draw(certificate: Certificate, brand: Brand, verifyUrl: string): Promise<Buffer> {
    const { learnerName, courseTitle, language, issuedAt, expiresAt } = certificate;
    const wording = wordingIn(language);
    const document = new PDFDocument({
      size: 'A4',
      layout: 'landscape',
      margin: 0,
      lang: language,
      displayTitle: true,
      info: {
        Title: `${wording.title}: ${courseTitle}`,
        Author: brand.name,
        Subject: `${learnerName}, ${codeOf(certificate.id)}`,
        CreationDate: issuedAt,
      },
    });
    const bytes = collect(document);
    const set = new Typesetter(document, this.fonts);

    frame(document, brand);
    head(document, set, brand);
    const small = (color: string): TextStyle => ({ face: 'sans-bold', size: 11, color, tracking: 2.6 });
    set.line(wording.title.toLocaleUpperCase(language), CENTER, 198, small(brand.primaryColor));
    set.line(wording.certifies, CENTER, 236, { face: 'serif-italic', size: 16, color: GREY });
    const name = set.fit(
      learnerName,
      { face: 'serif', size: 44, color: brand.secondaryColor },
      TEXT_WIDTH,
      1,
      20,
    );
    set.line(learnerName, CENTER, 288, name);
    document.rect(CENTER - 36, 308, 72, 2.5).fill(brand.primaryColor);
    set.line(wording.completed, CENTER, 346, { face: 'serif-italic', size: 16, color: GREY });
    paragraph(set, courseTitle, { face: 'serif', size: 27, color: brand.secondaryColor });
    foot(document, set, brand, [
      { label: wording.issued, value: dayIn(language, issuedAt), align: 'left' },
      ...(expiresAt === null
        ? []
        : [{ label: wording.until, value: dayIn(language, expiresAt), align: 'center' as const }]),
      { label: wording.code, value: codeOf(certificate.id), align: 'right' },
    ]);
    verification(document, set, wording.verify, verifyUrl);

    document.end();
    return bytes;
  }
}

function frame(document: Document, { primaryColor, secondaryColor }: Brand): void {
  document.rect(0, 0, WIDTH, 10).fill(primaryColor);
  document.rect(0, HEIGHT - 10, WIDTH, 10).fill(secondaryColor);
  document
    .lineWidth(0.8)
    .rect(MARGIN, MARGIN + 2, WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN - 4)
    .stroke(RULE);
  const long = 46;
  const inset = MARGIN - 0.4;
  document.lineWidth(2.4).lineCap('square');
  for (const [x, y, dx, dy] of [
    [inset, MARGIN + 1.6, 1, 1],
    [WIDTH - inset, MARGIN + 1.6, -1, 1],
    [inset, HEIGHT - MARGIN - 1.6, 1, -1],
    [WIDTH - inset, HEIGHT - MARGIN - 1.6, -1, -1],
  ] as const) {
    document
      .moveTo(x + dx * long, y)
      .lineTo(x, y)
      .lineTo(x, y + dy * long)
      .stroke(primaryColor);
  }
}

function head(document: Document, set: Typesetter, brand: Brand): void {
  if (drawLogo(document, set, brand)) return;
  const style: TextStyle = { face: 'sans-bold', size: 22, color: brand.secondaryColor };
  set.line(brand.name, CENTER, 128, set.fit(brand.name, style, TEXT_WIDTH, 1, 12));
}

/** False where the logo is missing or of a kind that cannot be printed: then the name stands in its place. */
function drawLogo(document: Document, set: Typesetter, { logo }: Brand): boolean {
  const box = { width: 250, height: 50, top: 86 };
  if (logo === null) return false;
  if (logo.contentType === 'image/svg+xml') {
    const svg = readSvgLogo(logo.bytes.toString('utf8'));
    if (svg === null) return false;
    const scale = Math.min(box.width / svg.width, box.height / svg.height);
    document.save();
    document.translate(CENTER - (svg.width * scale) / 2, box.top + (box.height - svg.height * scale) / 2);
    document.scale(scale);
    svg.draw(document, set);
    document.restore();
    return true;
  }
  if (logo.contentType !== 'image/png' && logo.contentType !== 'image/jpeg') return false;
  const place = {
    fit: [box.width, box.height] as [number, number],
    align: 'center',
    valign: 'center',
  } as const;
  document.image(logo.bytes, CENTER - box.width / 2, box.top, place);
  return true;
}

/** The course's title on one or two lines around its place. */
function paragraph(set: Typesetter, title: string, wanted: TextStyle): void {
  const style = set.fit(title, wanted, TEXT_WIDTH, 2, 12);
  const lines = set.lines(title, style, TEXT_WIDTH);
  const leading = style.size * 1.25;
  lines.forEach((line, index) => {
    set.line(line, CENTER, 400 + (index - (lines.length - 1) / 2) * leading, style);
  });
}

interface Fact {
  readonly label: string;
  readonly value: string;
  readonly align: 'left' | 'center' | 'right';
}

function foot(document: Document, set: Typesetter, brand: Brand, facts: readonly Fact[]): void {
  const places = { left: MARGIN + 40, center: CENTER, right: WIDTH - MARGIN - 40 };
  const y = 482;
  document
    .lineWidth(0.8)
    .moveTo(places.left, y - 26)
    .lineTo(places.right, y - 26)
    .stroke(RULE);
  for (const { label, value, align } of facts) {
    const x = places[align];
    set.line(label, x, y, { face: 'sans', size: 8.5, color: GREY, tracking: 0.3 }, align);
    set.line(value, x, y + 18, { face: 'sans-bold', size: 12, color: brand.secondaryColor }, align);
  }
}

function verification(document: Document, set: Typesetter, label: string, url: string): void {
  const y = HEIGHT - MARGIN - 20;
  const text = `${label} ${url}`;
  const style = set.fit(text, { face: 'sans', size: 8.5, color: GREY }, TEXT_WIDTH, 1, 5);
  set.line(text, CENTER, y, style);
  const width = set.width(text, style);
  document.link(CENTER - width / 2, y - 10, width, 14, url);
}

async function collect(document: Document): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', () => {
      resolve(Buffer.concat(chunks));
    });
    document.on('error', reject);
  });
}
