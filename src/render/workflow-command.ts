/**
 * A workflow command, one line without its end. Values are escaped as GitHub's runner reads them back, so that no value can end the
 * command or begin another.
 */
export function workflowCommand(
  name: string,
  message: string,
  properties: Readonly<Record<string, string | number>> = {},
): string {
  const written = Object.entries(properties).map(([key, value]) => `${key}=${property(String(value))}`);
  return `::${name}${written.length === 0 ? '' : ` ${written.join(',')}`}::${data(message)}`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
