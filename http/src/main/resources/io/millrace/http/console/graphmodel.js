// A workflow's registrations as nodes and edges: steps and event types alternate.

/** Steps that handle whatever fails and has no handler of its own, and what that is: a handler's own failure is not. */
export function othersCaught(workflow) {
  const named = new Set(workflow.steps.flatMap((one) => one.catches));
  const caught = workflow.steps.filter((one) => one.catches.length === 0 && !named.has(one.name)).map((one) => one.name);
  return {
    handlers: workflow.steps.filter((one) => one.catches.includes('*')).map((one) => one.name),
    caught,
    all: caught.length === workflow.steps.filter((one) => one.catches.length === 0).length,
  };
}

/** Nodes by id (`s:` steps, `e:` event types, `f:` failures), and edges between them. */
export function graphModel(workflow) {
  const kinds = new Map(workflow.events.map((event) => [event.type, event.kind]));
  const nodes = new Map();
  const edges = new Map();
  const step = (name) => node(`s:${name}`, { kind: 'step', name });
  const event = (type) => node(`e:${type}`, { kind: 'event', name: type, eventKind: kinds.get(type) ?? 'EVENT' });

  function node(id, content) {
    if (!nodes.has(id)) {
      nodes.set(id, { id, ...content });
    }
    return id;
  }

  function edge(from, to, kind, more = {}) {
    const key = `${from}>${to}>${kind}`;
    edges.set(key, { from, to, kind, ...edges.get(key), ...more });
  }

  for (const one of workflow.steps) {
    step(one.name);
  }
  const waits = new Set(workflow.steps.flatMap((one) => one.waitsFor.map((type) => `${type}>${one.name}`)));
  const accepts = new Set(workflow.steps.flatMap((one) => one.accepts.map((type) => `${type}>${one.name}`)));
  for (const way of workflow.graph) {
    if (way.from) {
      edge(step(way.from), event(way.event), 'emits', way.fanOut ? { fanOut: true } : {});
    }
    if (way.to) {
      const key = `${way.event}>${way.to}`;
      edge(event(way.event), step(way.to), waits.has(key) && !accepts.has(key) ? 'waits' : 'accepts');
    }
  }
  for (const one of workflow.steps) {
    one.waitsFor.forEach((type) => edge(event(type), step(one.name), 'waits'));
    one.catches.filter((name) => name !== '*').forEach((name) => edge(step(name), step(one.name), 'catches'));
  }
  const others = othersCaught(workflow);
  for (const handler of others.handlers) {
    edge(node('f:*', { kind: 'failure', name: others.all ? 'any failure' : 'any other failure', eventKind: 'FAILURE' }), step(handler), 'catches');
  }
  // Who is asked answers: between the two there is a person.
  const typed = (kind) => [...nodes.values()].filter((one) => one.eventKind === kind);
  const responses = typed('HUMAN_RESPONSE').filter((one) => ![...edges.values()].some((e) => e.to === one.id));
  for (const prompt of typed('INPUT_REQUIRED')) {
    responses.forEach((response) => edge(prompt.id, response.id, 'human'));
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()] };
}
