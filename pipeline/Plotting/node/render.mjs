// node render.mjs --modules=FOLDER --specs=FOLDER --formats=svg,pdf
// Draws every *.vl.json of a folder beside it: NAME.vl.json becomes NAME.svg and NAME.pdf. One process for all.
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { openModules } from './modules.mjs';
import { pdfPrinter } from './pdf.mjs';
import { svgPrinter } from './svg.mjs';

const options = Object.fromEntries(process.argv.slice(2).map(argument => /^--([a-z]+)=(.*)$/s.exec(argument).slice(1)));
const formats = options.formats.split(',');
const ending = '.vl.json';

async function main() {
  const modules = openModules(options.modules);
  const printSvg = await svgPrinter(modules);
  const printPdf = formats.includes('pdf') ? await pdfPrinter(modules) : null;
  for (const file of fs.readdirSync(options.specs).filter(name => name.endsWith(ending)).sort()) {
    const target = path.join(options.specs, file.slice(0, -ending.length));
    try {
      const svg = await printSvg(JSON.parse(fs.readFileSync(path.join(options.specs, file), 'utf8')));
      if (formats.includes('svg')) fs.writeFileSync(`${target}.svg`, svg);
      if (printPdf) fs.writeFileSync(`${target}.pdf`, await printPdf(svg));
    } catch (error) {
      throw new Error(`${file}: ${error.message}`, { cause: error });
    }
  }
}

main().catch(error => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
