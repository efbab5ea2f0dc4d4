// Prints what the records of the trees of a ROOT file say of them, as JSROOT interprets the bytes by the file's own class descriptions:
// { tree: { members of the tree, branches: [ { members, leaf: { members } } ], leaves: [names] } }.
// Usage: node read-tree-record.mjs file.root
import { readFileSync } from 'node:fs';
import { openFile } from 'jsroot/io';

// Numbers, texts and arrays of them; objects only where asked for.
function members(object) {
  const plain = Object.entries(object).filter(([, value]) => typeof value !== 'object' || ArrayBuffer.isView(value) || (Array.isArray(value) && typeof value[0] !== 'object'));
  return Object.fromEntries(plain.map(([name, value]) => [name, typeof value === 'bigint' ? Number(value) : ArrayBuffer.isView(value) ? Array.from(value, Number) : value]));
}

const bytes = readFileSync(process.argv[2]);
const file = await openFile(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
const trees = {};
for (const key of file.fKeys) {
  if (key.fClassName !== 'TTree') continue;
  const tree = await file.readObject(key.fName);
  trees[key.fName] = {
    ...members(tree),
    branches: tree.fBranches.arr.map(branch => ({
      ...members(branch), leaves: branch.fLeaves.arr.map(leaf => ({ ...members(leaf), count: leaf.fLeafCount?.fName ?? null })),
      streamers: branch.fIOFeatures?.fIOBits,
    })),
    leaves: tree.fLeaves.arr.map(leaf => leaf.fName),
  };
}
process.stdout.write(JSON.stringify(trees));
