// A Vega-Lite specification becomes an SVG text. Without the canvas package text widths are estimated,
// so that the layout is the same on every machine.
export async function svgPrinter(modules) {
  const vega = await modules.load('vega');
  const vegaLite = await modules.load('vega-lite');
  const nothingFromOutside = { load: address => Promise.reject(new Error(`a figure must carry its data, but asks for ${address}`)) };
  const logger = problems => {
    const note = (...words) => { problems.push(words.join(' ')); return self; };
    const self = { level: () => self, error: note, warn: note, info: () => self, debug: () => self };
    return self;
  };

  return async specification => {
    const problems = [];
    const { spec } = vegaLite.compile(specification, { logger: logger(problems) });
    const view = new vega.View(vega.parse(spec), { renderer: 'none', logger: logger(problems), loader: nothingFromOutside });
    const svg = await view.toSVG();
    view.finalize();
    if (problems.length > 0) throw new Error(problems.join('\n'));
    return svg;
  };
}
