// Prints the histograms and graphs of a ROOT file as JSON: { name: { _typename, fXaxis, ..., fArray, fX, fY, ... } }.
// Lists of functions are left out: they refer back to their owners.
// Usage: node read-objects.mjs file.root
import { readFileSync } from 'node:fs';
import { openFile } from 'jsroot/io';

const bytes = readFileSync(process.argv[2]);
const file = await openFile(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
const found = {};
for (const key of file.fKeys) if (/^(TH|TGraph|TProfile)/.test(key.fClassName)) found[key.fName] = await file.readObject(key.fName);
process.stdout.write(JSON.stringify(found, (name, value) => name === 'fFunctions' ? undefined : ArrayBuffer.isView(value) ? Array.from(value) : value));
