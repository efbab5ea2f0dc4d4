'use strict';
// The counterpart of PackedSpecifications: what all figures share stands once in the page, and rows are lists of values.
function wholeSpecification(packed, shared) {
  const rowsOf = data => Array.isArray(data) ? data : data.rows.map(values =>
    Object.fromEntries(data.fields.map((field, i) => [field, values[i]]).filter(([, value]) => value !== null)));
  const datasets = Object.entries(packed.datasets ?? {}).map(([name, data]) => [name, rowsOf(data)]);
  return { ...shared, ...packed, datasets: Object.fromEntries(datasets) };
}
