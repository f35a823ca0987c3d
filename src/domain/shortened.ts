/**
 * A text of at most `most` characters and `…` where something was left out. A word that does not fit goes as a whole: half of a secret, which a server
 * may repeat, would not be known for one when the text is cleaned of secrets.
 */
export function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most).replace(/\S+$/, '').trimEnd()}…`;
}
