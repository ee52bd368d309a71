/** The known name that a misspelt one most likely means; undefined when none is near. */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  const wanted = name.toLowerCase();
  // Short names are all near each other, and long ones rarely have more than three faults.
  let below = Math.min(3, Math.floor(name.length / 3)) + 1;
  let best: string | undefined;
  for (const candidate of known) {
    const distance = edits(wanted, candidate.toLowerCase(), below);
    if (distance >= below) continue;
    best = candidate;
    below = distance;
  }
  return best;
}

/** How many letters to insert, delete, replace or swap with the next one to make two words equal; no more than `limit` is told. */
function edits(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let earlier: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = at(above, column - 1) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1] ? at(earlier, column - 2) + 1 : limit;
      current.push(Math.min(at(above, column) + 1, at(current, column - 1) + 1, replaced, swapped));
    }
    [earlier, above] = [above, current];
  }
  return at(above, b.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
