export type { HostFacts, StorageFacts } from "./facts";
export { renderUserData, userDataLimitBytes } from "./userData";
