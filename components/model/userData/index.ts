export type { HostFacts, StorageFacts } from "./facts";
export { renderUserData } from "./userData";
