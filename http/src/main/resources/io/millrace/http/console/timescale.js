// Time as a place on the line. Long stretches in which nothing is out are folded, so that a night of waiting for a person
// does not make everything else invisible.

const FOLD_SHARE = 0.08;

/** `spans`: [from, to] in milliseconds, of whatever is out. Returns `at(millis)` in percent, `folds` and `ticks`. */
export function timescale(from, to, spans) {
  const busy = merged(spans, from, to);
  const work = Math.max(1, busy.reduce((sum, [a, b]) => sum + b - a, 0));
  const least = Math.max(300, work * 0.3);
  const pieces = [];
  let at = from;
  for (const [a, b] of [...busy, [to, to]]) {
    if (a > at) {
      pieces.push({ from: at, to: a, folded: a - at > least });
    }
    if (b > a) {
      pieces.push({ from: a, to: b, folded: false });
    }
    at = Math.max(at, b);
  }
  if (pieces.every((piece) => piece.folded)) {
    pieces.forEach((piece) => { piece.folded = false; });
  }
  const open = Math.max(1, pieces.filter((piece) => !piece.folded).reduce((sum, piece) => sum + piece.to - piece.from, 0));
  const folds = pieces.filter((piece) => piece.folded);
  const foldSize = folds.length > 0 ? Math.min(FOLD_SHARE, 0.4 / folds.length) * open : 0;
  const whole = open + foldSize * folds.length;
  let x = 0;
  for (const piece of pieces) {
    piece.x = (x / whole) * 100;
    x += piece.folded ? foldSize : piece.to - piece.from;
    piece.end = (x / whole) * 100;
  }
  const place = (millis) => {
    const piece = pieces.find((one) => millis <= one.to) ?? pieces[pieces.length - 1];
    const share = piece.to > piece.from ? (Math.min(Math.max(millis, piece.from), piece.to) - piece.from) / (piece.to - piece.from) : 0;
    return piece.x + share * (piece.end - piece.x);
  };
  return { at: place, folds, ticks: ticks(pieces, whole / 6, from) };
}

function merged(spans, from, to) {
  const sorted = spans.map(([a, b]) => [Math.max(a, from), Math.min(b, to)]).filter(([a, b]) => b >= a).sort((a, b) => a[0] - b[0]);
  const all = [];
  for (const [a, b] of sorted) {
    const last = all[all.length - 1];
    if (last && a <= last[1]) {
      last[1] = Math.max(last[1], b);
    } else {
      all.push([a, b]);
    }
  }
  return all;
}

/** Round numbers of milliseconds since the start, some six of them. */
function ticks(pieces, apart, from) {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, apart)));
  const size = [1, 2, 5, 10].map((n) => n * power).find((n) => n >= apart) ?? power * 10;
  const all = [];
  for (const piece of pieces.filter((one) => !one.folded)) {
    const first = Math.ceil((piece.from - from) / size) * size;
    for (let t = first; t <= piece.to - from; t += size) {
      const x = piece.x + (piece.to > piece.from ? ((t + from - piece.from) / (piece.to - piece.from)) * (piece.end - piece.x) : 0);
      const folded = pieces.some((one) => one.folded && one.x > x && one.x - x < 10);
      if (x < 94 && !folded && (all.length === 0 || x - all[all.length - 1].x > 9)) {
        all.push({ x, millis: t });
      }
    }
  }
  return all;
}
