// A layered layout, left to right: edges that go back are turned, long ones get a place in every layer that they cross,
// layers are sorted by where their neighbours are, and then everything moves towards its neighbours.

const GAP_X = 34;
const GAP_Y = 22;
const SWEEPS = 12;

/** Gives every node `x`, `y` (its middle) and every edge its `points`; returns the size of it all. */
export function layout(nodes, edges) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const forward = withoutCycles(nodes, edges);
  layers(nodes, forward, byId);
  const { places, links } = withWaypoints(nodes, forward, byId);
  const rows = sorted(places, links);
  const width = columns(rows);
  const height = settle(rows, links);
  for (const edge of edges) {
    const from = byId.get(edge.from);
    const to = byId.get(edge.to);
    edge.points = edge.turned
      ? back(from, to)
      : [right(from), ...edge.waypoints.flatMap((place) => [{ x: place.x - place.w / 2, y: place.y }, { x: place.x + place.w / 2, y: place.y }]), left(to)];
  }
  const lowest = Math.max(height, ...edges.filter((edge) => edge.turned).map((edge) => edge.points[1].y));
  return { width, height: lowest };
}

const right = (node) => ({ x: node.x + node.w / 2, y: node.y });
const left = (node) => ({ x: node.x - node.w / 2, y: node.y });

/** From below the one to below the other. */
function back(from, to) {
  const y = Math.max(from.y + from.h / 2, to.y + to.h / 2) + 34;
  return [{ x: from.x, y: from.y + from.h / 2 }, { x: (from.x + to.x) / 2, y }, { x: to.x, y: to.y + to.h / 2 }];
}

function withoutCycles(nodes, edges) {
  const out = group(edges, (edge) => edge.from);
  const into = new Set(edges.map((edge) => edge.to));
  const state = new Map();
  const visit = (id) => {
    state.set(id, 'open');
    for (const edge of out.get(id) ?? []) {
      if (state.get(edge.to) === 'open') {
        edge.turned = true;
      } else if (!state.has(edge.to)) {
        visit(edge.to);
      }
    }
    state.set(id, 'done');
  };
  const rank = (node) => (node.eventKind === 'START' ? 0 : into.has(node.id) ? 2 : 1);
  [...nodes].sort((a, b) => rank(a) - rank(b)).forEach((node) => state.has(node.id) || visit(node.id));
  return edges.filter((edge) => !edge.turned);
}

function layers(nodes, edges, byId) {
  const into = group(edges, (edge) => edge.to);
  const out = group(edges, (edge) => edge.from);
  const depth = (node) => {
    if (node.layer === undefined) {
      node.layer = Math.max(0, ...(into.get(node.id) ?? []).map((edge) => depth(byId.get(edge.from)) + 1));
    }
    return node.layer;
  };
  nodes.forEach(depth);
  // What comes from outside stands right before whoever takes it, not at the far left.
  nodes.filter((node) => !into.has(node.id) && out.has(node.id) && node.eventKind !== 'START').forEach((node) => {
    node.layer = Math.max(0, Math.min(...out.get(node.id).map((edge) => byId.get(edge.to).layer)) - 1);
  });
}

function withWaypoints(nodes, edges, byId) {
  const places = nodes.map((node) => node);
  const links = [];
  for (const edge of edges) {
    edge.waypoints = [];
    let before = byId.get(edge.from);
    const end = byId.get(edge.to);
    for (let layer = before.layer + 1; layer < end.layer; layer++) {
      const place = { layer, w: 8, h: 6, waypoint: true };
      edge.waypoints.push(place);
      places.push(place);
      links.push([before, place]);
      before = place;
    }
    links.push([before, end]);
  }
  return { places, links };
}

function sorted(places, links) {
  const rows = [];
  places.forEach((place) => (rows[place.layer] ??= []).push(place));
  const layers = rows.filter(Boolean);
  layers.forEach((row) => row.forEach((place, i) => { place.order = i; }));
  const before = group(links, ([, to]) => to);
  const after = group(links, ([from]) => from);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const down = sweep % 2 === 0;
    for (const row of down ? layers : [...layers].reverse()) {
      row.forEach((place) => {
        const near = (down ? before : after).get(place)?.map(([from, to]) => (down ? from : to).order) ?? [];
        place.weight = near.length > 0 ? near.reduce((a, b) => a + b) / near.length : place.order;
      });
      row.sort((a, b) => a.weight - b.weight);
      row.forEach((place, i) => { place.order = i; });
    }
  }
  return layers;
}

function columns(rows) {
  let x = 0;
  for (const row of rows) {
    const widest = Math.max(...row.map((place) => place.w));
    row.forEach((place) => {
      place.x = x + widest / 2;
      if (place.waypoint) {
        place.w = widest;
      }
    });
    x += widest + GAP_X;
  }
  return x - GAP_X;
}

function settle(rows, links) {
  const near = new Map();
  for (const [from, to] of links) {
    near.set(from, [...(near.get(from) ?? []), to]);
    near.set(to, [...(near.get(to) ?? []), from]);
  }
  rows.forEach((row) => {
    let y = 0;
    row.forEach((place) => { place.y = y + place.h / 2; y += place.h + GAP_Y; });
  });
  for (let round = 0; round < 24; round++) {
    for (const row of round % 2 === 0 ? rows : [...rows].reverse()) {
      row.forEach((place) => {
        const around = near.get(place) ?? [];
        place.wish = around.length > 0 ? around.reduce((sum, one) => sum + one.y, 0) / around.length : place.y;
      });
      apart(row);
    }
  }
  const top = Math.min(...rows.flat().map((place) => place.y - place.h / 2));
  rows.flat().forEach((place) => { place.y -= top; });
  return Math.max(...rows.flat().map((place) => place.y + place.h / 2));
}

/** Everyone where he wishes to be, as far as the order and the gaps allow. */
function apart(row) {
  const blocks = [];
  for (const place of row) {
    blocks.push({ places: [place], offset: [0], wish: place.wish });
    for (;;) {
      const last = blocks[blocks.length - 1];
      const before = blocks[blocks.length - 2];
      const lastOfBefore = before?.places[before.places.length - 1];
      const least = before && before.wish + before.offset[before.offset.length - 1] + (lastOfBefore.h + last.places[0].h) / 2 + GAP_Y;
      if (!before || last.wish >= least) {
        break;
      }
      const shift = least - before.wish;
      const count = before.places.length + last.places.length;
      before.wish = (before.wish * before.places.length + (last.wish - shift) * last.places.length) / count;
      before.offset.push(...last.offset.map((offset) => offset + shift));
      before.places.push(...last.places);
      blocks.pop();
    }
  }
  blocks.forEach((block) => block.places.forEach((place, i) => { place.y = block.wish + block.offset[i]; }));
}

function group(items, by) {
  const groups = new Map();
  for (const item of items) {
    groups.set(by(item), [...(groups.get(by(item)) ?? []), item]);
  }
  return groups;
}
