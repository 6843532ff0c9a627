// A workflow's graph as a drawing that can be read aloud and walked through with the keyboard.

import { svg } from './dom.js';
import { graphModel } from './graphmodel.js';
import { layout } from './layout.js';

const PAD = 14;
const STEP_H = 58;
const EVENT_H = 28;
const KINDS = { FAILURE: 'a step whose retries are used up', START: 'begins the run', STOP: 'ends the run', INPUT_REQUIRED: 'asks a person', HUMAN_RESPONSE: 'a person’s answer', EVENT: '' };

const measure = (() => {
  const context = document.createElement('canvas').getContext('2d');
  return (text, font) => {
    context.font = font;
    return Math.ceil(context.measureText(text).width);
  };
})();

/** `select(node)` is called when one is chosen. Returns the element, and `count(activity)`, which shows what is open. */
export function graph(workflow, select) {
  const { nodes, edges } = graphModel(workflow);
  const steps = new Map(workflow.steps.map((step) => [step.name, step]));
  for (const node of nodes) {
    const isStep = node.kind === 'step';
    node.w = isStep ? Math.max(142, measure(node.name, '600 14px system-ui') + 40) : measure(node.name, '12.5px system-ui') + (node.eventKind === 'EVENT' ? 24 : 40);
    node.h = isStep ? STEP_H : EVENT_H;
  }
  const { width, height } = layout(nodes, edges);
  const counts = new Map();
  const drawn = nodes.map((node) => (node.kind === 'step' ? drawStep(node, steps.get(node.name), counts) : drawEvent(node)));
  drawn.forEach((element, i) => {
    const chosen = () => {
      drawn.forEach((other) => other.setAttribute('aria-pressed', String(other === element)));
      select(nodes[i]);
    };
    element.addEventListener('click', chosen);
    element.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' || event.key === ' ') {
        event.preventDefault();
        chosen();
      }
    });
  });
  const whole = { w: width + 2 * PAD, h: height + 2 * PAD };
  const element = svg('svg', { class: 'graph', viewBox: `${-PAD} ${-PAD} ${whole.w} ${whole.h}`, role: 'group', 'aria-label': `Graph of ${workflow.name}` },
    svg('defs', null, marker('arrow'), marker('arrow-human'), marker('arrow-bad')),
    svg('g', { 'aria-hidden': 'true' }, edges.map(drawEdge), edges.filter((edge) => edge.fanOut).map(fanOut)),
    drawn);
  element.style.setProperty('--width', `${whole.w}px`);
  return {
    element,
    count: (activity) => showCounts(counts, activity),
    /** How far from the start a step is. */
    order: (step) => nodes.find((node) => node.kind === 'step' && node.name === step)?.x ?? 0,
  };
}

function marker(id) {
  return svg('marker', { id, viewBox: '0 0 8 8', refX: '7', refY: '4', markerWidth: '7', markerHeight: '7', orient: 'auto-start-reverse' },
    svg('path', { d: 'M0.500 0.800 7.500 4 0.500 7.200z' }));
}

function drawEdge(edge) {
  const [first, ...rest] = edge.points;
  let d = `M${first.x} ${first.y}`;
  if (edge.turned) {
    const [middle, last] = rest;
    d += `C${first.x} ${middle.y} ${last.x} ${middle.y} ${last.x} ${last.y + 2}`;
  } else {
    let from = first;
    for (const to of rest) {
      const bend = Math.max(18, (to.x - from.x) / 2);
      d += from.y === to.y ? `L${to.x} ${to.y}` : `C${from.x + bend} ${from.y} ${to.x - bend} ${to.y} ${to.x} ${to.y}`;
      from = to;
    }
  }
  const arrow = edge.kind === 'human' ? 'arrow-human' : edge.kind === 'catches' ? 'arrow-bad' : 'arrow';
  return svg('g', { class: `edge ${edge.kind}` }, svg('path', { d, 'marker-end': `url(#${arrow})` }));
}

/** On the edge where it is far from others, which begin at the same place; above it where it is straight. */
function fanOut({ points: [first, next], turned }) {
  const straight = turned || first.y === next.y;
  const [x, y] = straight ? [first.x + 16, first.y - 7] : [(first.x + next.x) / 2, (first.y + next.y) / 2 + 4];
  return svg('text', { x, y, class: 'fan-out' }, '× n');
}

function drawStep(node, step, counts) {
  const line = svg('text', { x: 0, y: 15, class: 'count' });
  const group = svg('g', { class: 'node step', transform: `translate(${node.x} ${node.y})`, tabindex: '0', role: 'button', 'aria-pressed': 'false', 'data-key': node.id },
    svg('rect', { x: -node.w / 2, y: -node.h / 2, width: node.w, height: node.h, rx: 10 }),
    svg('text', { x: 0, y: -6, class: 'name' }, node.name), line,
    step?.streams.length > 0 ? svg('path', { class: 'streams', d: `M${node.w / 2 - 24} ${-node.h / 2 + 11}c2.500-4 4.500-4 7 0s4.500 4 7 0` },
      svg('title', null, `streams ${step.streams.join(', ')}`)) : null);
  counts.set(node.name, { line, group, node });
  return group;
}

function drawEvent(node) {
  const glyph = { FAILURE: '✕', START: '▶', STOP: '■', INPUT_REQUIRED: '?', HUMAN_RESPONSE: '✎' }[node.eventKind];
  return svg('g', { class: `node event ${node.eventKind.toLowerCase().replace('_', '-')}`, transform: `translate(${node.x} ${node.y})`, tabindex: '0', role: 'button', 'aria-pressed': 'false', 'data-key': node.id,
    'aria-label': `${node.kind === 'failure' ? 'Failure' : 'Event'} ${node.name}${KINDS[node.eventKind] ? ', ' + KINDS[node.eventKind] : ''}` },
  svg('rect', { x: -node.w / 2, y: -node.h / 2, width: node.w, height: node.h, rx: node.h / 2 }),
  glyph ? svg('text', { x: -node.w / 2 + 15, y: 4.5, class: 'glyph' }, glyph) : null,
  svg('text', { x: glyph ? 7 : 0, y: 4.5 }, node.name));
}

const PHASES = [['running', 'running'], ['dispatched', 'sent out'], ['queued', 'queued'], ['retrying', 'retrying'], ['suspended', 'waiting']];

function showCounts(counts, activity) {
  const open = new Map((activity?.steps ?? []).map((step) => [step.step, step]));
  for (const [name, { line, group }] of counts) {
    const now = open.get(name);
    const parts = PHASES.filter(([phase]) => now?.[phase]).map(([phase, word]) => `${now[phase].toLocaleString()} ${word}`);
    const more = PHASES.reduce((sum, [phase]) => sum + (now?.[phase] ?? 0), 0) - (now ? now[PHASES.find(([phase]) => now[phase])?.[0]] ?? 0 : 0);
    line.textContent = parts.length === 0 ? 'idle' : more > 0 ? `${parts[0]}, ${more.toLocaleString()} more` : parts[0];
    group.classList.toggle('busy', parts.length > 0);
    group.classList.toggle('troubled', Boolean(now?.retrying));
    group.setAttribute('aria-label', `Step ${name}, ${parts.join(', ') || 'idle'}`);
  }
}
