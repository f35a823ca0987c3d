/* The modules of undici that the HTTP edge is made of: the package's main entry would bring fetch, WebSocket and a cache along. */
declare module 'undici/lib/dispatcher/client.js' {
  import { Client } from 'undici';
  export default Client;
}
declare module 'undici/lib/core/connect.js' {
  import { buildConnector } from 'undici';
  export default buildConnector;
}
