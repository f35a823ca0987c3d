import { createHash } from 'node:crypto';
import { html, type Markup, rawMarkup } from './markup.ts';
import { script } from './script.ts';
import { style } from './style.ts';

/**
 * A whole page that asks nobody for anything: the policy lets in this style sheet and this script by their digests, and nothing else.
 * Ends with a line end.
 */
export function pageFrame(of: {
  title: string;
  tone: string;
  head: Markup;
  body: Markup;
  foot: Markup;
}): string {
  const policy = [
    "default-src 'none'",
    `style-src '${digest(style)}'`,
    `script-src '${digest(script)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `${
    html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${of.title}</title>
<style>${rawMarkup(style)}</style>
</head>
<body class="${of.tone}">
<header><div>${of.head}</div></header>
<main>
${of.body}
<p id="said" role="status" class="hide"></p>
</main>
<footer class="dim small">${of.foot}</footer>
<script>${rawMarkup(script)}</script>
</body>
</html>
`.markup
  }`;
}

function digest(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
