// Millrace's own records: Avro's single-object encoding. Two marker bytes, the CRC-64-AVRO fingerprint of the
// writer's schema in its canonical form (little-endian), Avro binary.
import { readFileSync, readdirSync } from 'node:fs';
import avro from 'avsc';

const SCHEMAS = process.env.MILLRACE_SCHEMAS ?? new URL('../../schemas/src/main/resources/released', import.meta.url).pathname;
const MARK = Buffer.from([0xc3, 0x01]);
const EMPTY = 0xc15d213aa4d7a795n;

// The digest of a token uses all 64 bits, which a Number does not hold.
const long = avro.types.LongType.__with({
  fromBuffer: (bytes) => bytes.readBigInt64LE(),
  toBuffer: (n) => { const bytes = Buffer.alloc(8); bytes.writeBigInt64LE(BigInt(n)); return bytes; },
  fromJSON: BigInt,
  toJSON: Number,
  isValid: (n) => typeof n === 'bigint' || Number.isSafeInteger(n),
  compare: (a, b) => (a === b ? 0 : a < b ? -1 : 1),
});

function fingerprint(type) {
  let print = EMPTY;
  for (const byte of Buffer.from(JSON.stringify(type.schema()))) {
    print ^= BigInt(byte);
    for (let bit = 0; bit < 8; bit++) print = (print >> 1n) ^ (print & 1n ? EMPTY : 0n);
  }
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(print);
  return bytes;
}

/** Reads every released version of a record, writes the newest. */
export function codec(record) {
  const versions = readdirSync(`${SCHEMAS}/${record}`)
    .sort((a, b) => parseInt(a) - parseInt(b))
    .map((file) => avro.Type.forSchema(JSON.parse(readFileSync(`${SCHEMAS}/${record}/${file}`)), { registry: { long } }));
  const newest = versions.at(-1);
  const mark = Buffer.concat([MARK, fingerprint(newest)]);
  const writers = new Map(versions.map((type) => [fingerprint(type).toString('hex'), newest.createResolver(type)]));
  return {
    encode: (value) => Buffer.concat([mark, newest.toBuffer(value)]),
    decode(bytes) {
      const writer = bytes?.subarray(0, 2).equals(MARK) && writers.get(bytes.subarray(2, 10).toString('hex'));
      if (!writer) throw new Error(`not a ${record} of a version that this program knows`);
      return newest.fromBuffer(bytes.subarray(10), writer);
    },
  };
}
