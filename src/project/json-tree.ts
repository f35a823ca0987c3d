import { type JsonFault, type JsonGrammar, walkJson } from './walk-json.ts';

/** A JSON value with the offset of its first character. Names are keys of a `Map`, so `__proto__` is a name like any other. */
export type JsonNode =
  | { kind: 'object'; offset: number; members: Map<string, JsonMember> }
  | { kind: 'array'; offset: number; items: JsonNode[] }
  | { kind: 'scalar'; offset: number; value: string | number | boolean | null };

/** One member of an object; the last one of a name counts, as in `JSON.parse`. `keyOffset` is that of the name's first quote. */
export interface JsonMember {
  keyOffset: number;
  node: JsonNode;
}

export type JsonTree = { kind: 'tree'; root: JsonNode } | { kind: 'broken'; fault: JsonFault };

/** The tree of a JSON text, or its first fault. `text` has no byte order mark. */
export function parseJsonTree(text: string, grammar: JsonGrammar = 'strict'): JsonTree {
  const parents: Exclude<JsonNode, { kind: 'scalar' }>[] = [];
  let root: JsonNode | null = null;
  let key = '';
  let keyOffset = 0;

  const attach = (node: JsonNode): void => {
    const parent = parents.at(-1);
    if (parent === undefined) root = node;
    else if (parent.kind === 'array') parent.items.push(node);
    else parent.members.set(key, { keyOffset, node });
  };

  const fault = walkJson(
    text,
    {
      open(kind, offset) {
        const node: Exclude<JsonNode, { kind: 'scalar' }> =
          kind === 'object' ? { kind, offset, members: new Map() } : { kind, offset, items: [] };
        attach(node);
        parents.push(node);
      },
      close() {
        parents.pop();
      },
      key(name, offset) {
        key = name;
        keyOffset = offset;
      },
      scalar(value, offset) {
        attach({ kind: 'scalar', offset, value });
      },
    },
    grammar,
  );
  if (fault !== null || root === null) {
    return { kind: 'broken', fault: fault ?? { offset: 0, message: 'expected a value' } };
  }
  return { kind: 'tree', root };
}

/** The member of that name, `undefined` when the node is no object or has none. */
export function memberOf(node: JsonNode, name: string): JsonMember | undefined {
  return node.kind === 'object' ? node.members.get(name) : undefined;
}

/** The text of a node, `null` when it is no text. */
export function textOf(node: JsonNode | undefined): string | null {
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : null;
}

/** What a node is, in words for messages: `an array`, `the number 5`, `null`. */
export function describeNode(node: JsonNode): string {
  if (node.kind !== 'scalar') return node.kind === 'array' ? 'an array' : 'an object';
  if (typeof node.value === 'string') return 'a text';
  if (node.value === null) return 'null';
  return typeof node.value === 'number' ? `the number ${node.value}` : `${node.value}`;
}
