// An SVG text becomes a PDF of one page. The fonts are embedded: with the built-in ones of PDF the superscripts
// and the minus sign vanish without a word, and 10⁻⁴ reads 104.
import { Buffer } from 'node:buffer';

export async function pdfPrinter(modules) {
  const PDFDocument = (await modules.load('pdfkit')).default;
  const drawSvg = (await modules.load('svg-to-pdfkit')).default;
  const faces = { regular: '', bold: '-Bold', italic: '-Oblique', boldItalic: '-BoldOblique' };
  const pointsPerPixel = 0.75;

  return svg => new Promise((resolve, reject) => {
    const [width, height] = ['width', 'height'].map(side => Number(new RegExp(`<svg[^>]* ${side}="([0-9.]+)"`).exec(svg)[1]));
    const document = new PDFDocument({
      compress: false, // the zlib of each node release packs differently, and products are the same bytes everywhere
      size: [width * pointsPerPixel, height * pointsPerPixel],
      margin: 0,
      info: { Producer: 'TauPipeline', Creator: 'TauPipeline', CreationDate: new Date(0), ModDate: new Date(0) }, // no clocks in products
    });
    const pieces = [];
    document.on('data', piece => pieces.push(piece));
    document.on('end', () => resolve(Buffer.concat(pieces)));
    document.on('error', reject);
    for (const [name, suffix] of Object.entries(faces))
      document.registerFont(name, modules.file(`dejavu-fonts-ttf/ttf/DejaVuSans${suffix}.ttf`));
    drawSvg(document, svg, 0, 0, {
      assumePt: false,
      fontCallback: (family, bold, italic) => (bold && italic ? 'boldItalic' : bold ? 'bold' : italic ? 'italic' : 'regular'),
      warningCallback: message => reject(new Error(message)),
    });
    document.end();
  });
}
