// The parts of the build for which the best tool is an npm package.
//
//   node site.mjs style ENTRY OUTPUT   bundles and minifies a style sheet
//   node site.mjs script FILE...       minifies ES modules in place
//   node site.mjs twins FILE...        writes FILE.br and FILE.gz beside each file

import { readFileSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const commands = { style, script, twins };
const [name, ...args] = process.argv.slice(2);
try {
  await commands[name](...args);
} catch (error) {
  const place = error.loc ? `${error.fileName}:${error.loc.line}:${error.loc.column}: ` : '';
  console.error(place + error.message);
  process.exit(1);
}

async function style(entry, output) {
  const { bundle } = await import('lightningcss');
  // No targets: what browsers of the last two years know (nesting, light-dark,
  // oklch) stays as it was written.
  const { code, warnings } = bundle({ filename: entry, minify: true });
  for (const warning of warnings) {
    console.error(`${warning.loc?.filename}:${warning.loc?.line}: ${warning.message}`);
  }
  writeFileSync(output, code);
}

async function script(...files) {
  const { transformSync } = await import('esbuild');
  for (const file of files) {
    const source = readFileSync(file, 'utf8');
    const options = { minify: true, format: 'esm', target: 'es2022', legalComments: 'none' };
    writeFileSync(file, transformSync(source, options).code);
  }
}

async function twins(...files) {
  const brotli = promisify(brotliCompress);
  const zip = promisify(gzip);
  await Promise.all(files.map(async (file) => {
    const source = readFileSync(file);
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: source.length,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    };
    writeFileSync(`${file}.br`, await brotli(source, { params }));
    writeFileSync(`${file}.gz`, await zip(source, { level: 9 }));
  }));
}
