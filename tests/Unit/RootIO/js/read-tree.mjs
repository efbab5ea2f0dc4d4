// Prints every branch of the trees of a ROOT file as JSON: { tree: { branch: [value of entry 0, ...] } }.
// Usage: node read-tree.mjs file.root
import { readFileSync } from 'node:fs';
import { openFile } from 'jsroot/io';
import { TSelector, treeProcess } from 'jsroot/tree';

// Numbers that JSON cannot tell are written as text.
function plain(value) {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return Array.from(value, plain);
  return value;
}

async function values(tree) {
  const found = {};
  for (const branch of tree.fBranches.arr) {
    const selector = new TSelector();
    selector.addBranch(branch, 'value');
    found[branch.fName] = [];
    selector.Process = function () { found[branch.fName].push(plain(this.tgtobj.value)); };
    await treeProcess(tree, selector);
  }
  return found;
}

const bytes = readFileSync(process.argv[2]);
const file = await openFile(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
const trees = {};
for (const key of file.fKeys) if (key.fClassName === 'TTree') trees[key.fName] = await values(await file.readObject(key.fName));
process.stdout.write(JSON.stringify(trees));
