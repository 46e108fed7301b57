// Joins scripts with a source map, as one would write it for Node. Arguments: the folder of the scripts, the output.
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, basename } from 'node:path';

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function vlq(number) {
  let rest = number < 0 ? (-number << 1) | 1 : number << 1;
  let text = '';
  do {
    const digit = rest & 31;
    rest >>>= 5;
    text += DIGITS[rest > 0 ? digit | 32 : digit];
  } while (rest > 0);
  return text;
}

function scripts(folder) {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      return statSync(path).isDirectory() ? scripts(path) : path.endsWith('.js') ? [path] : [];
    });
}

const [folder, output] = process.argv.slice(2);
const sources = scripts(folder);
const sourcesContent = [];
const parts = [];
const mappings = [];
let line = 0;
sources.forEach((source, index) => {
  let text = readFileSync(source, 'utf8');
  sourcesContent.push(text);
  if (!text.endsWith('\n')) {
    text += '\n';
  }
  parts.push(text, ';\n');
  const lines = text.split('\n').length - 1;
  mappings.push(`A${index === 0 ? 'A' : 'C'}${vlq(-line)}A${';AACA'.repeat(lines - 1)};;`);
  line = lines - 1;
});
mkdirSync(dirname(output), { recursive: true });
writeFileSync(output, `${parts.join('')}//# sourceMappingURL=${basename(output)}.map\n`);
writeFileSync(
  `${output}.map`,
  JSON.stringify({ version: 3, file: basename(output), sources, sourcesContent, names: [], mappings: mappings.join('') }),
);
