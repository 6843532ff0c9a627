// Elements are made one by one. Text only ever becomes text: whatever an event contains, it is shown and never run.

const SVG = 'http://www.w3.org/2000/svg';

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) {
      continue;
    }
    if (name.startsWith('on')) {
      node.addEventListener(name.slice(2), value);
    } else if (name === 'vars') {
      Object.entries(value).forEach(([key, text]) => node.style.setProperty('--' + key, text));
    } else if (name === 'value') {
      node.value = value;
    } else {
      node.setAttribute(name, value === true ? '' : value);
    }
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** An HTML element: attributes, `on…` listeners, `vars` for custom properties of its style, children. */
export function h(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same for SVG. */
export function svg(tag, attributes, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

/** Puts other children into a node; whoever had the focus keeps it, found again by `data-key`. */
export function refill(node, ...children) {
  const active = document.activeElement;
  const key = node.contains(active) ? active.dataset.key : undefined;
  const open = new Set([...node.querySelectorAll('details[open][data-key]')].map((d) => d.dataset.key));
  node.replaceChildren();
  fill(node, null, children);
  node.querySelectorAll('details[data-key]').forEach((d) => {
    d.open = d.open || open.has(d.dataset.key);
  });
  if (key) {
    node.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
  }
  return node;
}

/** Calls `draw` only when what it is drawn from has changed. */
export function onChange(draw) {
  let last;
  return (...values) => {
    const now = JSON.stringify(values);
    if (now !== last) {
      last = now;
      draw(...values);
    }
  };
}

/** Says something to those who do not see the page. */
export function announce(text) {
  const region = document.getElementById('announcements');
  if (region) {
    region.textContent = text;
  }
}
