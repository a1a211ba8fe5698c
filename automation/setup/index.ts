export { cacheDirectory } from "./cacheDirectory";
export { prepareMoto } from "./moto";
export { preparePulumi, type PulumiCli } from "./pulumiCli";
export type { Setup } from "./setup";
