/** The certificates in the text of a setting, in which line breaks may be written `\n`; none where there is none. */
export function pemCertificates(text: string): readonly string[] {
  const found = text.replaceAll('\\n', '\n').match(/-----BEGIN [^-]+-----[\s\S]*?-----END [^-]+-----/g);
  return found?.map((certificate) => `${certificate}\n`) ?? [];
}
