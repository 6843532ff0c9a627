// Avro schemas as trees: every type an object with the full name that the API's JSON knows it by.

const NAMED = new Set(['record', 'error', 'enum', 'fixed']);
const PRIMITIVE = new Set(['null', 'boolean', 'int', 'long', 'float', 'double', 'bytes', 'string']);

/** The type of a schema as the API tells it. Whoever is spoken of by name alone is the object that was defined. */
export function typeOf(schema) {
  return read(schema, '', new Map());
}

function read(schema, namespace, names) {
  if (Array.isArray(schema)) {
    return { type: 'union', branches: schema.map((branch) => read(branch, namespace, names)) };
  }
  if (typeof schema === 'string') {
    return PRIMITIVE.has(schema) ? { type: schema, fullName: schema } : spokenOf(schema, namespace, names);
  }
  const { type } = schema;
  if (typeof type === 'object') {
    return read(type, namespace, names);
  }
  if (type === 'array' || type === 'map') {
    return { type, fullName: type, of: read(type === 'array' ? schema.items : schema.values, namespace, names) };
  }
  if (!NAMED.has(type)) {
    return PRIMITIVE.has(type) ? { ...schema, fullName: type } : spokenOf(type, namespace, names);
  }
  return named(schema, namespace, names);
}

/** A type without a namespace of its own lives in that of the type around it. */
function named(schema, around, names) {
  const own = schema.name.includes('.') ? schema.name.slice(0, schema.name.lastIndexOf('.')) : schema.namespace ?? around;
  const fullName = full(schema.name, own);
  const type = { ...schema, type: schema.type === 'error' ? 'record' : schema.type, fullName };
  names.set(fullName, type); // before its fields: they may be of this type again
  if (schema.fields) {
    type.fields = schema.fields.map((field) => ({ ...field, type: read(field.type, own, names) }));
  }
  return type;
}

function spokenOf(name, namespace, names) {
  const type = names.get(full(name, namespace)) ?? names.get(name);
  if (!type) {
    throw new Error(`a schema speaks of ${name} and does not say what it is`);
  }
  return type;
}

function full(name, namespace) {
  return name.includes('.') || !namespace ? name : `${namespace}.${name}`;
}

/** The branch of a union that a default, which does not name it, is of. */
export function branchOf(branches, value) {
  return branches.findIndex((branch) => fits(branch, value));
}

function fits({ type, symbols }, value) {
  switch (type) {
    case 'null': return value === null;
    case 'boolean': return typeof value === 'boolean';
    case 'int': case 'long': return Number.isInteger(value);
    case 'float': case 'double': return typeof value === 'number';
    case 'enum': return symbols.includes(value);
    case 'array': return Array.isArray(value);
    case 'record': case 'map': return value !== null && typeof value === 'object' && !Array.isArray(value);
    default: return typeof value === 'string';
  }
}
