import type { FileReader } from '../domain/file-reader.ts';
import type { InputProblem } from '../domain/project.ts';
import type { Source } from '../domain/source.ts';
import { type JsonNode, parseJsonTree } from './json-tree.ts';
import { type JsonFault, type JsonGrammar, walkJson } from './walk-json.ts';

/** A place in a text; both count from 1, `column` in UTF-16 units as editors do. */
export interface Position {
  line: number;
  column: number;
}

/** A JSON file that was read. `shown` is its path in messages and sources. */
export interface JsonFile {
  shown: string;
  root: JsonNode;
  positionOf(offset: number): Position;
}

export type JsonFileReading =
  | { kind: 'json'; file: JsonFile }
  | { kind: 'absent' }
  | { kind: 'unreadable'; problem: InputProblem };

export type TextReading =
  | { kind: 'text'; text: string }
  | { kind: 'absent' }
  | { kind: 'unreadable'; problem: InputProblem };

/** The text of a file without its byte order mark, which npm takes off too (measured: npm 11). Unreadable: a folder, or the system's reason. */
export function readText(files: FileReader, path: string, shown: string): TextReading {
  const reading = files.read(path);
  switch (reading.kind) {
    case 'absent':
      return { kind: 'absent' };
    case 'not-a-file':
      return unreadable(
        shown,
        { line: 1, column: 1 },
        `${shown} is a folder, not a file`,
        `remove or rename the folder ${shown}`,
      );
    case 'unreadable':
      return unreadable(shown, { line: 1, column: 1 }, `${shown} can't be read: ${reading.why}`, null);
    case 'text':
      return { kind: 'text', text: reading.text.startsWith('\ufeff') ? reading.text.slice(1) : reading.text };
  }
}

/** A JSON file as a tree with positions. Unreadable: see `readText` and `brokenJson`. */
export function readJsonFile(
  files: FileReader,
  path: string,
  shown: string,
  grammar: JsonGrammar = 'strict',
): JsonFileReading {
  const reading = readText(files, path, shown);
  if (reading.kind !== 'text') return reading;
  const tree = parseJsonTree(reading.text, grammar);
  if (tree.kind === 'broken')
    return { kind: 'unreadable', problem: faultProblem(reading.text, shown, tree.fault) };
  return { kind: 'json', file: { shown, root: tree.root, positionOf: positionFinder(reading.text) } };
}

/** Why a text that `JSON.parse` refused is none, with the place. */
export function brokenJson(text: string, shown: string): InputProblem {
  const fault = walkJson(text, { open() {}, close() {}, key() {}, scalar() {} });
  return faultProblem(text, shown, fault ?? { offset: 0, message: 'nesting that is too deep to read' });
}

function faultProblem(text: string, shown: string, fault: JsonFault): InputProblem {
  const locate = positionFinder(text);
  if (text.trim() === '') {
    return {
      file: shown,
      ...locate(0),
      message: `${shown} is empty`,
      hint: 'an object in braces is expected',
    };
  }
  const conflict = conflictProblem(text, shown);
  if (conflict !== null) return conflict;
  return {
    file: shown,
    ...locate(fault.offset),
    message: `${shown} is no valid JSON: ${fault.message}`,
    hint: null,
  };
}

/** The first merge conflict marker of a text that can't be read, `null` when it has none. */
export function conflictProblem(text: string, shown: string): InputProblem | null {
  const marker = /^(?:<{7}|={7}|>{7}|\|{7})(?=[ \r\n]|$)/m.exec(text);
  if (marker === null) return null;
  return {
    file: shown,
    ...positionFinder(text)(marker.index),
    message: `${shown} has a merge conflict marker, "${marker[0]}"`,
    hint: 'finish the merge: keep one side and take the marker lines out',
  };
}

/** A function from an offset in the text to its place; its first call reads the text once. */
export function positionFinder(text: string): (offset: number) => Position {
  let starts: number[] | null = null;
  return (offset) => {
    starts ??= lineStarts(text);
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** An unreadable file. `hint` says what to do, `null` when the message says all. */
export function unreadable(
  shown: string,
  position: Position,
  message: string,
  hint: string | null,
): { kind: 'unreadable'; problem: InputProblem } {
  return { kind: 'unreadable', problem: { file: shown, ...position, message, hint } };
}

/** The source of a member: the place of its name, behind the quote. */
export function memberSource(file: JsonFile, keyOffset: number, key: string): Source & { kind: 'file' } {
  return { kind: 'file', path: file.shown, ...file.positionOf(keyOffset + 1), key };
}
