export { capabilityCases } from "./capabilityCases";
export { proxyCases, silentProxyCases } from "./proxyCases";
export type { HostCase } from "./hostCase";
export { hostCases } from "./hostCases";
export { matrixCases } from "./matrixCases";
export { powerCutCases } from "./powerCutCases";
export { volumeCases } from "./volumeCases";
