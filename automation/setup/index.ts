export { cacheDirectory } from "./setup";
export { prepareMoto } from "./moto";
export { findPulumi, preparePulumi, type PulumiCli } from "./pulumiCli";
export { setupOf, type Setup } from "./setup";
