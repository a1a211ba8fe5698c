export type { HostFacts, StorageFacts } from "./facts";
export { encodedUserData, isCompressed, packUserData, type PackedUserData } from "./packUserData";
export { renderUserData } from "./userData";
