// Prints every top-level field of an RNTuple as JSON: { field: [value of entry 0, ...] or null where JSROOT cannot read it }.
// Usage: node read-ntuple.mjs file.root name [most entries]
import { readFileSync } from 'node:fs';
import { openFile } from 'jsroot/io';
import { TSelector } from 'jsroot/tree';
import { readHeaderFooter, rntupleProcess } from 'jsroot/rntuple';

// Numbers that JSON cannot tell are written as text.
function plain(value) {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return Array.from(value, plain);
  if (value !== null && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, plain(v)]));
  return value;
}

const bytes = readFileSync(process.argv[2]), most = Number(process.argv[4] ?? 1e9);
const file = await openFile(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
const tuple = await file.readObject(process.argv[3]);
const builder = await readHeaderFooter(tuple);
const found = {};
for (const [number, field] of builder.fieldDescriptors.entries()) {
  if (field.parentFieldId !== number) continue;
  const values = [], selector = new TSelector();
  selector.addBranch(field, 'value');
  selector.Process = function () { values.push(plain(this.tgtobj.value)); };
  try {
    await rntupleProcess(tuple, selector, { numentries: most });
    found[field.fieldName] = values;
  } catch (wrong) {
    found[field.fieldName] = null;
  }
}
process.stdout.write(JSON.stringify(found));
