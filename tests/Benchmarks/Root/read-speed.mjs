// Reads all branches of the first tree of a ROOT file so many times, and prints the processor time of each read in ms.
// Usage: node read-speed.mjs file.root times [branch,branch,... [tree]]
import { readFileSync } from 'node:fs';
import { openFile } from 'jsroot/io';
import { TSelector, treeProcess } from 'jsroot/tree';

const bytes = readFileSync(process.argv[2]), wanted = process.argv[4]?.split(',');
const content = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
for (let time = 0; time <= Number(process.argv[3]); time++) {
  const before = process.cpuUsage();
  const file = await openFile(content);
  const key = file.fKeys.find(one => one.fClassName === 'TTree' && (!wanted || one.fName === (process.argv[5] ?? 'Events')));
  const tree = await file.readObject(key.fName);
  const selector = new TSelector(), names = [];
  for (const branch of tree.fBranches.arr) {
    if (wanted && !wanted.includes(branch.fName)) continue;
    selector.addBranch(branch, branch.fName);
    names.push(branch.fName);
  }
  let values = 0;
  selector.Process = function () {
    for (const name of names) values += this.tgtobj[name].length ?? 1;
  };
  await treeProcess(tree, selector);
  const used = process.cpuUsage(before);
  // The first is warm-up, unless it is all.
  if (time > 0 || process.argv[3] === '0') console.log(((used.user + used.system) / 1e3).toFixed(3), values);
}
