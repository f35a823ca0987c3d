export { isPublicRegistry, publicHost, publicName, yarnHost } from '../domain/public-registry.ts';
