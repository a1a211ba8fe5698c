export { cacheDirectory } from "./setup";
export { prepareMoto } from "./moto";
export { findPulumi, preparePulumi, type PulumiCli } from "./pulumiCli";
export { prepareRegistry } from "./registry";
export { setupOf, type Setup } from "./setup";
