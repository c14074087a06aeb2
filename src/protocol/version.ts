/** Raised whenever a request, reply or event changes shape; both sides compare it at the handshake. */
export const PROTOCOL_VERSION = 1;
