import { generate } from 'selfsigned';

/** PEM texts of a server's certificate and key, and of the authority that signed it. */
export interface Certificate {
  key: string;
  certificate: string;
  authority: string;
}

let authorities = 0;

/** A private authority with a certificate for `names` (host names or IPv4 addresses), valid for a day from `start`. */
export async function makeCertificate(
  names: readonly string[] = ['127.0.0.1', 'localhost'],
  start = new Date(Date.now() - 3_600_000),
): Promise<Certificate> {
  const end = new Date(start.getTime() + 86_400_000);
  const dates = { notBeforeDate: start, notAfterDate: end, algorithm: 'sha256', keySize: 2048 } as const;
  authorities += 1;
  const authority = await generate([{ name: 'commonName', value: `Private Test Authority ${authorities}` }], {
    ...dates,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const server = await generate([{ name: 'commonName', value: names[0] ?? 'test' }], {
    ...dates,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true, keyEncipherment: true },
      {
        name: 'subjectAltName',
        altNames: names.map((name) =>
          /^[\d.]+$/.test(name) ? { type: 7 as const, ip: name } : { type: 2 as const, value: name },
        ),
      },
    ],
  });
  return { key: server.private, certificate: server.cert, authority: authority.cert };
}
