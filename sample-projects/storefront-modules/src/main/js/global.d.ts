/** The project's version; the build puts it in. */
declare const SHOP_VERSION: string;

declare module "*.css" {
  const names: Record<string, string>;
  export default names;
}

declare module "*.svg" {
  const address: string;
  export default address;
}
